/** What is wrong with a signed word, by name, and in words for people. */
export type WordFlaw = { readonly rule: string; readonly message: string };
