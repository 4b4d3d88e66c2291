/** Starts applications on Spring Boot that have Twinstore beside what is their own. */
@NullMarked
package io.twinstore.storage.integration.boot;

import org.jspecify.annotations.NullMarked;
