/** Bundles and folders of authorities that come with the system: whoever buys a certificate is known to them. */
const FILE = /\/ca-certificates[./]|\/(?:tls-)?ca-bundle\.|\/cacert\.pem|^\/etc\/ssl\/cert\.pem/;
const FOLDER =
  /^\/(?:etc|usr\/lib|usr\/share|usr\/local\/share)\/(?:ssl|pki\/(?:tls|ca-trust)|ca-certificates)(?:\/certs)?\/?$/;

/** Whether a file, or a folder, has the authorities of the whole system. */
export const isOfSystem = (path: string): boolean => FILE.test(path) || FOLDER.test(path);
