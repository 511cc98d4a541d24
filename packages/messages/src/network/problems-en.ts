export const problemsEn = {};
