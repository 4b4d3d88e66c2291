package io.twinstore.storage.search;

import java.util.List;

/** Texts such as agents and their tools write. */
final class Texts {

    static final List<String> REAL =
            List.of(
                    """
                    Let's run the user's failing test first: `pytest tests/test_fields.py::test_from_url -q`.
                    It doesn't pass because `TimeDelta._serialize()` rounds 345.999 down to 345, so we're
                    off by one (see issue #1867). I'd change src/marshmallow/fields.py:1474 to use round().
                    """,
                    """
                    [File: /app/src/main/java/com/acme/OrderService.java (212 lines total)]
                    101:    public Optional<Order> findById(long id) { return orders.get(id); }
                    102:    // TODO(jane.doe@acme.io): cache 1,000 entries; O'Brien's idea -- don't forget
                    Traceback (most recent call last):
                      File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
                    json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)
                    """,
                    "{\"status\":200,\"ids\":[1,2,3],\"next\":\"https://api.acme.io/v2/items?page=2&q=caf%C3%A9\"}",
                    "The naïve approach — “retry until it works” — isn’t enough… it’s O(n²) → ≈ 3 ×"
                            + " slower ✅",
                    "東京都の天気は晴れです。気温は２５℃、湿度は６０％。ｶﾀｶﾅも検索できます。",
                    "Привет! Как дела? Ёлка стоит 1 000 ₽. Ça va très bien, merci — l’été arrive.",
                    "안녕하세요, 오늘 날씨가 좋네요. 你好，世界！今天天气很好。 สวัสดีครับ ทดสอบการค้นหา",
                    "👩‍💻 shipped v2.0.1-rc.1 🎉🎉 thanks @alice_b & @bob! #release 👍🏽 🇬🇧");

    private Texts() {}
}
