"""The prices in force, found by what is charged."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, cast

from shared.mockupaws.contracts.money import plain
from shared.mockupaws.contracts.pipeline import Mode
from shared.mockupaws.contracts.prices import Price, Service, TokenKind, model_usage_type
from shared.mockupaws.errors import Detail, InvalidRequestError

_CHOICES_SHOWN = 12
_Key = tuple[Service, str, str, str]


class NotPricedError(InvalidRequestError):
    """What is asked for has no price. It is unavailable there, or unknown; never free.

    Args:
        field: the field that asked for it, dotted.
        message: what is missing.
        choices: what could be asked for instead, if anything.
    """

    def __init__(self, field: str, message: str, choices: Iterable[str]) -> None:
        self.field = field
        self.choices = tuple(choices)
        self._said = message
        shown = ", ".join(self.choices[:_CHOICES_SHOWN])
        more = len(self.choices) - _CHOICES_SHOWN
        text = f"{message} Choices: {shown}{f' and {more} more' if more > 0 else ''}." if shown else message
        super().__init__(text, details=(Detail(field, text),))

    def within(self, path: str, name: str = "") -> "NotPricedError":
        """The same, of a part of the request.

        Args:
            path: where in the request it is.
            name: what that part is called, where it is one of several.
        """
        return NotPricedError(f"{path}.{self.field}", f"{name}: {self._said}" if name else self._said, self.choices)


class Bands(NamedTuple):
    """The volume tiers of one thing, each beginning where the last ends.

    Attributes:
        prices: in order.
    """

    prices: tuple[Price, ...]

    @property
    def first(self) -> Price:
        """The list price."""
        return self.prices[0]

    @property
    def lacks_first(self) -> bool:
        """Whether the first units have no price: it was withdrawn, or the others were added before it."""
        return self.first.range_begin > 0


class PriceBook:
    """Prices by region, service and use.

    Args:
        prices: rows; those that aren't active are left out, and of two for the same thing the newer one counts.
        on: the day on which they are in force, for errors to name; None for today, which needs no name.
    """

    def __init__(self, prices: Iterable[Price], on: date | None = None) -> None:
        self._on = on
        newest: dict[_Key, dict[object, Price]] = defaultdict(dict)
        for price in prices:
            if not price.is_active:
                continue
            bands = newest[price.service, price.region, price.tier, price.usage_type]
            known = bands.get(price.range_begin)
            if known is None or known.effective_from < price.effective_from:
                bands[price.range_begin] = price
        self._bands = {key: _joined(bands.values()) for key, bands in newest.items()}
        # Which models there are and what each one's modes charge for: (region, model) -> {mode: {kind}}.
        self._models: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(lambda: defaultdict(dict))
        # What can't be chosen, since a price that it needs lacks its first tier: (region, model, mode).
        self._lacking: set[tuple[str, str, str]] = set()
        for (service, region, tier, usage_type), bands in self._bands.items():
            if service == "bedrock":
                model, _, kind = usage_type.rpartition("/")
                self._models[region][model].setdefault(tier, set()).add(kind)
                if bands.lacks_first:
                    self._lacking.add((region, model, tier))

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions that have prices."""
        return tuple(sorted({region for _, region, _, _ in self._bands}))

    def models(self, region: str) -> tuple[str, ...]:
        """Model and profile ids priced in a region."""
        return tuple(sorted(self._models.get(region, ())))

    def modes(self, region: str, model_id: str) -> tuple[Mode, ...]:
        """The modes that a model is sold in."""
        sold = self._models.get(region, {}).get(model_id, {})
        return tuple(
            cast("Mode", mode)
            for mode in sorted(sold)
            if "input" in sold[mode] and (region, model_id, mode) not in self._lacking
        )

    def answers(self, region: str, model_id: str) -> bool:
        """Whether a model writes anything. One that sells no output only embeds."""
        return any("output" in kinds for kinds in self._models.get(region, {}).get(model_id, {}).values())

    def bands(self, service: Service, region: str, tier: str, usage_type: str) -> Bands:
        """The volume tiers of one thing.

        Raises:
            NotPricedError: it has no price there, or none for its first units.
        """
        found = self._whole((service, region, tier, usage_type))
        if found is not None:
            return found
        if region not in self.regions:
            raise self._nothing("prices", region)
        others = self._others(service, region, usage_type, tier)
        raise NotPricedError(service, f"No {service} price for {tier} {usage_type} in {self._in(region)}.", others)

    def tokens(self, region: str, model_id: str, mode: str, kind: TokenKind) -> Bands | None:
        """The price of a model's tokens, None where it sells none of that kind (an embedding has no output).

        Raises:
            NotPricedError: the model isn't sold in the region, or not in that mode; or it has no price for its first
                tokens.
        """
        sold = self._models.get(region, {}).get(model_id)
        if sold is None:
            raise self._unknown_model(region, model_id)
        if "input" not in sold.get(mode, ()):
            raise NotPricedError(
                "bedrock.mode", f"{model_id} has no {mode} price in {self._in(region)}.", self.modes(region, model_id)
            )
        return self._whole(("bedrock", region, mode, model_usage_type(model_id, kind)))

    def _whole(self, key: _Key) -> Bands | None:
        """The volume tiers of one thing, if it has any: from the first unit on, for what is missing isn't guessed."""
        found = self._bands.get(key)
        if found is not None and found.lacks_first:
            service, region, tier, usage_type = key
            begin = plain(found.first.range_begin)
            raise NotPricedError(
                "bedrock.mode" if service == "bedrock" else service,
                f"No {service} price for the first {begin} units of {tier} {usage_type} in {self._in(region)}: it was "
                "withdrawn, or never added.",
                self._others(service, region, usage_type, tier),
            )
        return found

    def _others(self, service: Service, region: str, usage_type: str, tier: str) -> list[str]:
        """The other tiers in which the same thing is sold."""
        return sorted({t for s, r, t, u in self._bands if (s, r, u) == (service, region, usage_type)} - {tier})

    def _in(self, region: str) -> str:
        return f"{region} on {self._on}" if self._on else region

    def _nothing(self, prices: str, region: str) -> NotPricedError:
        if self._on:
            says = "ask for a later day with `prices_on`, or leave it out for today's"
            return NotPricedError("region", f"No {prices} for region {region!r} on {self._on}: {says}.", ())
        return NotPricedError("region", f"No {prices} for region {region!r}.", [r for r in self.regions if r != region])

    def _unknown_model(self, region: str, model_id: str) -> NotPricedError:
        models = self.models(region)
        if not models:
            return self._nothing("model prices", region)
        # Most alike first, of those the newest. The same model under a profile is alike in all but one part: to ask for
        # a bare id that is sold only through profiles is the usual mistake.
        asked = _parts(model_id)
        choices = sorted(models, key=lambda model: (len(asked & _parts(model)), model), reverse=True)
        return NotPricedError("bedrock.model_id", f"No price for model {model_id!r} in {self._in(region)}.", choices)


def _parts(model_id: str) -> set[str]:
    """`us.anthropic.claude-opus-5` is us, anthropic, claude, opus and 5."""
    return set(re.split(r"[.:-]", model_id.lower()))


def _joined(prices: Iterable[Price]) -> Bands:
    """Each tier ends where the next begins, whatever the rows say: above the first begin nothing is left out."""
    ordered = sorted(prices, key=lambda price: price.range_begin)
    ends = [*(price.range_begin for price in ordered[1:]), None]
    return Bands(tuple(price._replace(range_end=end) for price, end in zip(ordered, ends, strict=True)))
