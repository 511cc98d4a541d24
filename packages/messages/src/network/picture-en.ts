export const pictureEn = {};
