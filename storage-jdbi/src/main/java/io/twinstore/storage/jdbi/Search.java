package io.twinstore.storage.jdbi;

/** What the stores of one storage share for searching. */
record Search(SearchLanguages languages, SearchIndex index) {}
