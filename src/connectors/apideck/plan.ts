import type { AttributeSpec } from '../../model/attribute.ts';
import { Stalled } from '../../model/error.ts';
import type { Row } from '../../model/row.ts';
import type { ConnectorContext } from '../connector.ts';
import type { JsonObject } from '../json.ts';
import type { ApideckClient } from './client.ts';
import { decoderOf } from './decode.ts';
import { fieldOf, isCustom, type Field } from './fields.ts';
import { sample } from './sample.ts';
import { settled, type Config, type Settled } from './schema.ts';
import { Singles } from './singles.ts';
import { UnitNames } from './unit-names.ts';

/** How a reading of these attributes is done. */
export interface Plan {
  readonly settled: Settled;
  /** Fields that are asked for: what is mapped and nothing else. */
  readonly asked: readonly string[];
  readonly names: UnitNames;
  /** Where the list lacks what is wanted. */
  readonly singles: Singles | undefined;
  readonly rowOf: (record: JsonObject) => Row;
  /** The values of somebody of whom nothing is known. */
  readonly absent: Row['values'];
}

/** Always needed: who it is, whether it is deleted, and whether it changed. */
const always = ['id', 'deleted', 'updated_at'];

/** Makes plans; what custom fields there are is asked once, when one is wanted that is not saved. */
export class Planner {
  readonly #client: ApideckClient;
  readonly #context: ConnectorContext<Config>;
  readonly #known: Map<string, AttributeSpec>;

  constructor(
    client: ApideckClient,
    context: ConnectorContext<Config>,
    attributes: readonly AttributeSpec[],
  ) {
    this.#client = client;
    this.#context = context;
    this.#known = new Map(attributes.map((one) => [one.name, one]));
  }

  async plan(names: readonly string[], signal: AbortSignal): Promise<Plan> {
    const { config } = this.#context;
    const fields = await this.#fieldsOf(names, signal);
    const properties = fields.map(({ place }) => place.property);
    const units = new UnitNames(this.#client, config, properties);
    const asked = [...new Set([...always, ...properties, ...units.needs])].toSorted();
    const habits = settled(config);
    const lacking = asked.filter(
      (one) => !always.includes(one) && (habits.singly.includes(one) || habits.singly.includes('*')),
    );
    return {
      settled: habits,
      asked,
      names: units,
      singles: lacking.length === 0 ? undefined : new Singles(this.#client, this.#context, lacking),
      rowOf: decoderOf(fields, config.timezone),
      absent: fields.map(() => undefined),
    };
  }

  async #fieldsOf(names: readonly string[], signal: AbortSignal): Promise<readonly Field[]> {
    let isNobody = false;
    if (names.some((name) => isCustom(name) && !this.#known.has(name))) {
      const seen = await sample(this.#client, this.#context.config, signal);
      for (const one of seen.custom.attributes)
        if (!this.#known.has(one.name)) this.#known.set(one.name, one);
      isNobody = seen.isNobody;
    }
    return names.map((name) => {
      const spec = this.#known.get(name);
      const field = spec === undefined ? undefined : fieldOf(spec);
      // Where nobody is, nobody has it either, and nobody can show its key.
      return field ?? (isNobody && isCustom(name) ? unseen(name) : this.#unknown(name));
    });
  }

  #unknown(name: string): never {
    const { connection, serviceId } = this.#client.asking;
    throw new Stalled(
      'UnknownAttribute',
      `connection ${connection}: Apideck shows no field ${name} of ${serviceId}; let the account behind the connection see it, ` +
        `or correct the name (rosterd connection fields ${connection} lists them)`,
      { connection },
    );
  }
}

function unseen(name: string): Field {
  const spec: AttributeSpec = { name, type: 'text', class: 'personal', optional: true };
  return { spec, place: { kind: 'custom', property: 'custom_fields', id: name } };
}
