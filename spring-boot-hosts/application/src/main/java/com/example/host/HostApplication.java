package com.example.host;

import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Starts as any application does, then says on standard output what it found. */
@SpringBootApplication
public class HostApplication {

    /** The storage that the environment names; Spring closes it with the context. */
    @Bean
    Storage storage() {
        return Storage.open(StorageOptions.fromEnvironment());
    }

    /** Ends with code 0 when everything worked. */
    public static void main(String[] args) throws Exception {
        try (ConfigurableApplicationContext context =
                SpringApplication.run(HostApplication.class, args)) {
            new Findings(context).forEach((what, found) -> System.out.println(what + ": " + found));
        }
        System.out.println("OK");
    }
}
