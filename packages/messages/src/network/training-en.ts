export const trainingEn = {};
