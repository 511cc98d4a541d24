export const tryEn = {};
