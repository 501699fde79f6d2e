/** Accounts whose registries hold the images of EKS add-ons, where it is not the usual one (EKS user guide, "add-ons-images"). */
const accounts: Readonly<Record<string, string>> = {
  "af-south-1": "877085696533",
  "ap-east-1": "800184023465",
  "ap-south-2": "900889452093",
  "ap-southeast-3": "296578399912",
  "ap-southeast-4": "491585149902",
  "ca-west-1": "761377655185",
  "eu-central-2": "900612956339",
  "eu-south-1": "590381155156",
  "eu-south-2": "455263428931",
  "il-central-1": "066635153087",
  "me-central-1": "759879836304",
  "me-south-1": "558608220178",
};

/** The account whose registry a region's EKS add-ons come from. */
export const addOnRegistry = (region: string): string => accounts[region] ?? "602401143452";
