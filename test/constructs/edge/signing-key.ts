/** An RSA-2048 public key, for tests alone: its private half was thrown away. */
export const publicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAjejKxpwjYVfU6I3IZErf
Yrdyw4V4G1gX8UV2txkjb3BIUbFsj6lS9noVJLu9/SbjR8SxLy00PsBXfLaXr1+G
UobH0jDXehROC+CNIrWAK0fREEelviZKUXudpMYc09RPfiYXYk8OVuKJMfT+sWU0
Tf3nRdjBnyk55tizFhTLyNswdmvFyhmogzhiBFjqBC5Qx5zLr0Pao0fdvoHIrQjd
k/YylJoJtfMD2dUODlJ5fEbwvasCIyXGTdoEv6k6X7Zkl+g/vGPpReDABEseQwnO
PHPAss3WmAd9I2ZIkpZlOvk8O6pKM8HIMedjZvunqoeg3goIH3ylqvJupvV8es5H
pQIDAQAB
-----END PUBLIC KEY-----
`;
