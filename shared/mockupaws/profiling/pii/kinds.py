from shared.mockupaws.profiling.pii.contact import EMAIL, PHONE
from shared.mockupaws.profiling.pii.identity import CODICE_FISCALE, SSN
from shared.mockupaws.profiling.pii.kind import Kind
from shared.mockupaws.profiling.pii.network import IPV4, IPV6
from shared.mockupaws.profiling.pii.payment import CREDIT_CARD, IBAN
from shared.mockupaws.profiling.pii.secrets import AWS_ACCESS_KEY, AWS_SECRET_KEY, JWT

# Where two kinds claim the same characters, the first has them: the stricter the check, the earlier
# (but a secret key before the access key whose nearness gives it away).
KINDS: tuple[Kind, ...] = (
    JWT, AWS_SECRET_KEY, AWS_ACCESS_KEY, EMAIL, IBAN, CODICE_FISCALE, CREDIT_CARD, SSN, PHONE, IPV4, IPV6,
)  # fmt: skip
