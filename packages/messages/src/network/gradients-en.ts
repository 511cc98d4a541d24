export const gradientsEn = {};
