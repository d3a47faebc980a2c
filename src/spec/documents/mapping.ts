import { z } from 'zod';
import { attributesSchema, copySchema } from './attribute-mapping.ts';
import { documentSchema } from './document.ts';

export const mappingSchema = documentSchema(
  'Mapping',
  z.strictObject({ attributes: attributesSchema, copy: copySchema }),
).describe('Attributes, shared by several syncs.');
