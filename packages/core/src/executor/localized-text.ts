/** The languages in which Cloche speaks to people. Codes and JSON never change with them. */
export type Locale = 'en' | 'zh';

/** One message for people, in every language that Cloche speaks. */
export type LocalizedText = { readonly [locale in Locale]: string };
