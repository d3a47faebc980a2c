import { describe, expect, test } from 'vitest';
import { describeBrokenPages } from './broken-pages.ts';
import { describeLostAnswers } from './lost-answers.ts';
import { describeReading } from './reading.ts';
import type { ContractSubject } from './subject.ts';
import { describeWriting } from './writing.ts';

/**
 * What a connector is, as one suite over all of them: every page or a rejection, what it stores reads back as no
 * difference, a change whose answer was lost makes one account, and no credential or person's value in any error.
 *
 * Cases come from what the subject declares; a case that asserts the declaration itself makes sure that nothing a
 * connector can do goes without its cases.
 */
export function describeConnectorContract<Config>(subject: ContractSubject<Config>): void {
  describe(`the contract of ${subject.name}`, () => {
    test('what it declares is what is tested', () => {
      const { connector, entity = 'person' } = subject;
      expect(connector.name).toBe(subject.name);
      expect(connector.entities).toContain(entity);
      expect(connector.target).toBe(connector.openWriter !== undefined);
      const writes = connector.target && (connector.targetEntities ?? connector.entities).includes(entity);
      expect(writes).toBe(subject.target !== undefined);
    });
    describeReading(subject);
    if (subject.transport === 'http') describeBrokenPages(subject);
    if (subject.target !== undefined) {
      describeWriting(subject, subject.target);
      const writes = Object.values(subject.target.abilities).includes(true);
      if (subject.transport === 'http' && writes) describeLostAnswers(subject, subject.target);
    }
  });
}
