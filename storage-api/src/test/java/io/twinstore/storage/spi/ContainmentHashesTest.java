package io.twinstore.storage.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hashes a document has, seen by which documents it may contain. */
class ContainmentHashesTest {

    private static final int MANY = 1_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\1',
            value = {
                "{\"a\":1} # {\"a\":1} # true",
                "{\"a\":1} # {\"a\":2} # false",
                "{\"a\":1} # {\"b\":1} # false",
                "{\"a\":1} # {\"a\":\"1\"} # false",
                "{\"a\":true} # {\"a\":\"true\"} # false",
                "{\"a\":null} # {\"a\":null} # true",
                "{\"a\":1e2} # {\"a\":100.00} # true",
                "{\"a\":-0.0} # {\"a\":0} # true",
                "{\"a\":\"\\u0061\"} # {\"a\":\"a\"} # true",
                "{\"\\u0061\":1} # {\"a\":1} # true",
                "{\"a\":{\"b\":1}} # {\"a\":{\"b\":1}} # true",
                "{\"a\":{\"b\":1}} # {\"ab\":1} # false",
                "{\"a\":{\"b\":1}} # {\"b\":1} # false",
                "{\"a\":{\"b\":1}} # {\"b\":{\"a\":1}} # false",
                "{\"a\":[1,[2,{\"b\":3}]]} # {\"a\":[{\"b\":3},2]} # true",
                "{\"a\":[1,2]} # {\"a\":[3]} # false",
                "{\"a\":1,\"a\":2} # {\"a\":2} # true",
                "{\"a\":2} # {\"a\":1,\"a\":2} # true",
                "{\"a\":{}} # {\"a\":{}} # true",
                "{} # {\"b\":[],\"c\":{}} # true",
            })
    void areThoseOfWhatItContains(String container, String contained, boolean all) {
        Set<Long> held = ContainmentHashes.of(Json.of(container), MANY).orElseThrow();
        assertThat(held.containsAll(ContainmentHashes.required(Json.of(contained)))).isEqualTo(all);
    }

    @Test
    void areNoneWhereThereAreTooMany() {
        assertThat(ContainmentHashes.of(Json.of("[1,2,2,3]"), 3))
                .hasValueSatisfying(h -> assertThat(h).hasSize(3));
        assertThat(ContainmentHashes.of(Json.of("[1,2,{\"a\":[3]},4]"), 3)).isEmpty();
    }

    /** An index keeps them, so that they must never change. */
    @Test
    void areWhatTheyWere() {
        assertThat(ContainmentHashes.required(Json.of("{\"role\":\"tool\",\"n\":[1.50,null]}")))
                .containsExactly(
                        -7076678437398865790L, 4281088264565303670L, -4233149062641958426L);
    }
}
