package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void printsNothingOfItsText() {
        assertThat(Secret.of("hunter2")).hasToString("***");
        assertThat(Secret.none()).hasToString("***");
        assertThat("" + Secret.of("hunter2".toCharArray())).isEqualTo("***");
    }

    @Test
    void givesOutItsTextWhenAsked() {
        assertThat(Secret.of(" pä ss\t").reveal()).isEqualTo(" pä ss\t");
        assertThat(Secret.none().reveal()).isEmpty();
    }

    @Test
    void keepsACopyOfTheCharacters() {
        char[] characters = {'a', 'b'};
        Secret secret = Secret.of(characters);
        characters[0] = 'x';
        assertThat(secret.reveal()).isEqualTo("ab");
    }

    @Test
    void comparesByTextAndHashesAlike() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
        assertThat(Secret.of("a")).hasSameHashCodeAs(Secret.of("b"));
        assertThat(Secret.of("")).isSameAs(Secret.none());
        assertThat(Secret.none().isPresent()).isFalse();
        assertThat(Secret.of("a").isPresent()).isTrue();
    }
}
