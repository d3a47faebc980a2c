/** Functions of Entra's expressions, and operators of its scoping filters, that no function of ours stands for, and what to write instead. */
export const withoutFunction: readonly { readonly entra: string; readonly instead: string }[] = [
  { entra: 'Append', instead: '`a + b`; absent where one of them is, so no text is made of nothing' },
  {
    entra: 'AppRoleAssignmentsComplex, SingleAppRoleAssignment',
    instead: 'none: roles of Entra are no attributes here',
  },
  { entra: 'BitAnd', instead: 'none: flags are the business of the connector that has them' },
  { entra: 'ConvertToBase64, ConvertToUTF8Hex', instead: 'none: encodings are the business of connectors' },
  { entra: 'DateFromNum, NumFromDate', instead: 'none: connectors hand over dates as dates' },
  { entra: 'DefaultDomain', instead: 'a constant: `lower(source.login) + "@example.com"`' },
  {
    entra: 'Guid, RandomString',
    instead:
      'none in an expression, which gives the same each time: `generate: uuid`, `{ digits: 6 }` and the like of the attribute, derived from the key of the installation, so that a plan stays the same; `generate: secret` makes secrets',
  },
  {
    entra: 'IgnoreFlowIfNullOrEmpty',
    instead: '`onNull: keep` of the attribute; `firstPresent(source.x)` makes empty text absent',
  },
  { entra: 'IIF', instead: '`condition ? a : b`, with `&&`, `||`, `!`' },
  { entra: 'IsNullOrEmpty', instead: '`source.?x.orValue("") == ""`' },
  { entra: 'IsNull, IsPresent', instead: '`has(source.x)`' },
  { entra: 'IsString', instead: 'none: types are known when the spec is checked' },
  { entra: 'Not', instead: '`!a`' },
  { entra: 'Redact', instead: '`class: sensitive` of the attribute' },
  {
    entra: 'SelectUniqueValue',
    instead: '`unique([a, b])` or `unique([a, b], "counter")` around the whole value of an attribute',
  },
  {
    entra: 'EQUALS, NOT EQUALS',
    instead: '`a == b`, `a != b`; case counts, `lower(a) == lower(b)` where it shall not',
  },
  { entra: 'IS TRUE, IS FALSE', instead: '`source.flag`, `!source.flag`' },
  { entra: 'IS NULL, IS NOT NULL', instead: '`!has(source.x)`, `has(source.x)`; never undecided' },
  { entra: 'NOT REGEX MATCH', instead: '`!source.x.matches("…")`; undecided, not false, where it is absent' },
  { entra: 'Greater_Than, Greater_Than_OR_EQUALS', instead: '`a > b`, `a >= b`; on dates and texts as well' },
  { entra: 'Includes', instead: '`source.x.contains("…")`, and `"…" in source.list`' },
  { entra: 'ENDS_WITH', instead: '`source.x.endsWith("…")`; `startsWith` is there too' },
  { entra: '&, !&', instead: '`source.x in ["a", "b"]`, `!(source.x in ["a", "b"])`' },
  { entra: 'StripSpaces', instead: '`replace(source.x, " ", "")`' },
  { entra: 'Switch', instead: '`lookup`, or a map: `{"DE": "Germany"}[?source.country].orValue("other")`' },
];
