/** A key has all rights of the portal: none of them can be lost alone. */
export function whyEmpty(attribute: string): string {
  const what = attribute.startsWith('custom.') ? 'the custom user field was' : 'the values were';
  return `an API key reads everything in TalentLMS, so ${what} likely emptied or removed in the portal`;
}
