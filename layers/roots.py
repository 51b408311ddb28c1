"""By what functions tell that the database's proxy is AWS's: a file of their own layer, not one that AWS may move."""

import ssl

import certifi

_OWNER = ("organizationName", "Amazon")


def amazon_roots() -> str:
    """The roots of Amazon Trust Services in PEM, from Mozilla's list as certifi carries it.

    The certificate of an RDS Proxy is AWS Certificate Manager's and ends with one of them:
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html (security)

    Raises:
        LookupError: there are none in the list.
    """
    listed = ssl.create_default_context(cafile=certifi.where())
    both = zip(listed.get_ca_certs(), listed.get_ca_certs(binary_form=True), strict=True)
    roots = [ssl.DER_cert_to_PEM_cert(der) for root, der in both if (_OWNER,) in tuple(root["subject"])]
    if not roots:
        raise LookupError(f"{certifi.where()} has no root of Amazon's")
    return "".join(roots)
