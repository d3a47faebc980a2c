/** The parts of docs/expressions.md that no definition can tell. */
export const introduction = `
<!-- Generated from src/expression by expressionsPage(); a test fails when it is stale. -->

# Expressions

Attributes, clauses of \`who\`, status and dates of a sync are computed by expressions: a dialect of
[CEL](https://cel.dev). They are pure: no clock but \`today\`, no network, nothing random, bounded work. They are
checked when the spec is, against the attributes that the connection publishes: a misspelt attribute is an error in the
pull request, with a suggestion.

\`\`\`
lower(source.email)
source.department in ["Sales", "Support"] && !source.email.endsWith("@contractor.example.com")
firstValid(date(source.hire_date), date(source.created_at))
source.country == "DE" ? "de" : "en"
\`\`\``;

export const rules = `
## What an expression sees

- \`source\`: the person's record. Dots nest: \`source.office.name\`. A name that is no word goes in brackets:
  \`source.custom["Hire date"]\`, also \`source["in"]\`. Names are constants, so all reads are known beforehand.
- \`today\`: the day of the pass in the person's zone.

## Types

| type | written | notes |
|---|---|---|
| \`text\` | \`"a"\`, \`'a'\`, \`"""a"""\`, \`r"\\d"\` | positions count Unicode code points, from zero |
| \`int\` | \`42\` | whole numbers; dividing two cuts the fraction |
| \`decimal\` | \`0.5\` | |
| \`bool\` | \`true\`, \`false\` | |
| \`date\` | \`date("2026-03-01")\` | a day without zone; compares with \`<\` and its like |
| \`picture\` | attributes only | passed on as it is, and nothing else: see [pictures](#pictures) |
| \`instant\` | attributes only | a moment; compares; \`date(x)\` is its day as written, \`text(x)\` its text |
| \`list<…>\` | \`["a", "b"]\` | of one type |

Nothing is converted by itself: \`source.age + "a"\` is a fault, \`text(source.age) + "a"\` is not. Only an int may stand
where a decimal is needed as the result. A value that is not of its declared type is an error of the record, which
names attribute and type and never the value.

## Absent, null, empty

Reading an attribute that is absent or null gives *absent*: no error, and no text "null". The whole result is absent
where it depends on it. In an attribute mapping \`onNull\` then decides; in a clause the person is undecided: neither
created nor removed. Empty text is a value like others.

- \`a || b\` and \`a && b\` need only what decides: \`true\` beside an absent side is \`true\` for \`||\`. Where neither side
  decides, an error outweighs an absence.
- \`c ? x : y\` needs \`c\` and the branch that it takes.
- \`has(source.x)\` is true when there is a value, empty text included. \`source.?x.orValue("-")\` gives a default.
- \`firstPresent(a, b)\` and \`firstValid(a, b)\` take arguments that may be absent.
- \`null\` is a result only: \`source.left ? null : source.phone\`. It is never compared.

## Pictures

An attribute of type \`picture\` can only be passed on as it is, \`photo: source.profile_picture\`, to an attribute of the same type; anything else is a fault of
the spec. Its value is the digest of its content, \`sha256:…\`, in readings, plans, approvals, the store and runs. The content itself is asked of
the source at the moment of sending, sent, and kept nowhere.

- What is sent is what was planned: a picture that has become another meanwhile is left to the next pass, which reads it anew.
- No target is asked what it made of a picture, as systems cut and pack them anew. A new one is sent once, and again only when the source's content is another than
  the one last sent. The same picture saved by another program is another content.
- A picture is a change of its own (\`update/4711/pictures\`), after all others of the person. One that cannot be had, or is refused, keeps nobody from the rest:
  it is that person's error. A source that did not answer is asked again by the next pass; a picture that is no JPEG, PNG, GIF or WebP (by its first bytes; never an SVG),
  is larger than 5 MB, or is refused by the target waits until somebody replaces it, and is tried now and then all the same.
- The policy is \`enforce\`, or \`follow\`, with which an account that is adopted keeps the picture it has, and a first one that could not be
  had with the account comes once it changes. Nobody's picture is taken away: who has none in the source keeps what the target has (\`onNull: keep\`), or is an error (\`onNull: error\`).

## Operators

\`+ - * / %\` on numbers of one type, \`+\` on texts and lists, \`== != < <= > >=\` on values of one type, \`in\` for lists and
maps, \`! && || ?:\`, \`list[0]\`, \`list[?0]\`, maps \`{"DE": "Germany"}[?source.country].orValue("other")\`. On lists:
\`all(x, …)\`, \`exists(x, …)\`, \`exists_one(x, …)\`, \`filter(x, …)\`, \`map(x, …)\`, \`map(x, condition, …)\`. On what \`.?\` gives:
\`orValue(x)\`, \`or(other)\`, \`hasValue()\`.`;

export const uniqueValues = `
## A value that nobody else has

\`unique([a, b, c])\` around the whole \`value\` of an attribute gives the first candidate that no other account of the target
has: active or not, in the scope of the sync or not. It stands nowhere else, as it is decided with the target in view.

\`\`\`
unique([source.first_name + "." + source.last_name, source.first_name + "." + source.id])
unique([lower(source.first_name) + "@example.com"], "counter")
\`\`\`

- A candidate that is absent or empty is passed over; where there is none, \`onNull\` decides.
- The value that an account has stays as long as it is one of the candidates, also when an earlier one became free.
- Two people of one plan never get the same one: they are asked in the order of their ids, so that the next plan gives
  them the same again. Who gets which of two logins may change until the accounts exist, when somebody comes or goes.
- With \`"counter"\` the last candidate is tried with 2, 3 and so on up to 10,000 behind it, in an address before the \`@\`.
- Where all are taken it is that person's error, with the attribute and how many were tried. \`explain\` lists them.
- What two accounts hold is compared in the form in which the target hands it back (an address in small letters).
`;

export const celNotThere = `
## Dialect: what of CEL is not there

- Functions other than those above: \`string\`, \`double\`, \`timestamp\`, \`duration\`, \`type\`, \`dyn\`, \`bytes\`, \`uint\` and the methods
  of the string extension. \`text\`, \`decimal\`, \`date\` and the text functions stand for them, and the fault says which.
- Timestamps and durations: people's days are \`date\`; \`addDays\` and \`daysBetween\` calculate.
- Unsigned numbers (\`1u\`), bytes (\`b"a"\`), messages, types as values.
- \`null\` in comparisons, lists and arguments.
- Lists and maps of several types, and \`==\` between types (\`1 == 1.0\`). \`<\` and its like do compare int with decimal.
- \`has()\` on anything but an attribute of \`source\`; an attribute's name that is computed.
- Names quoted by back-quotes, and names of elements that begin with an underscore or are \`source\` or \`today\`.
- Patterns are RE2 syntax: no look-around, no back-references.`;

/** What other systems' expressions have, by what people ask for it with. */
export const elsewhere = `
## Asked for elsewhere, and not here

| what | why, and what to do |
|---|---|
| the value before, whether it changed (\`old\`, \`hasDeltaFor\`) | a target is brought to what the source says now, whatever was missed in between; \`policy: follow\` writes only when the result changed |
| the target's own values, searches in it | one direction only: an expression that read the target would never come to rest. \`policy: seed-if-empty\`, \`unique([…])\` and \`person\` look there, each in one defined way |
| a manager's attributes (\`manager.email\`), chains of managers | a reference: \`{ person: source.supervisor.id, as: email }\`; chains are reports of the HR system |
| group membership, roles, \`hasLink\` | facts of the target or of another system; a \`Lookup\` brings a table of them |
| the time of day, zones, durations | people's days are dates, and when something happens is said by \`dates\` and \`then\`; zones there are the person's own |
| status on a day (\`isActiveOn\`) | \`status\` and \`dates\` of the sync; in an expression \`source.starts <= today\` |
| days around today (\`withinDays\`) | \`daysBetween(today, source.starts) <= 14\` |
| hashes, pseudonyms, encryption | a value that only we can undo is of no use in a target; attributes that must not be seen carry a \`class\` |
| edit distance and other likeness | two people are never taken for one because their names are alike; \`normalise\` of a match rule evens out spelling |
| functions of one's own | a \`Mapping\` or \`Lookup\` shared by syncs; a \`Filter\` for clauses |
| \`reverse\`, \`charAt\`, sorting, parts of a DN | \`substring(x, n, n + 1)\`; lists are compared as the target does; names of directories are the business of their connectors |`;
