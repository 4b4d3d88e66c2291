package io.twinstore.storage.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import liquibase.resource.AbstractResource;
import liquibase.resource.AbstractResourceAccessor;
import liquibase.resource.OpenOptions;
import liquibase.resource.Resource;

/**
 * The one file that Liquibase may see: its own accessor walks the whole class path and knows only
 * some loaders.
 */
final class ChangelogResource extends AbstractResource {

    private final Changelog changelog;

    private ChangelogResource(Changelog changelog) {
        super(changelog.resource(), URI.create("classpath:changelog"));
        this.changelog = changelog;
    }

    static Accessor accessor(Changelog changelog) {
        return new Accessor(new ChangelogResource(changelog));
    }

    @Override
    public InputStream openInputStream() throws IOException {
        return changelog.open();
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public Resource resolve(String other) {
        throw new UnsupportedOperationException("A changelog is one file");
    }

    @Override
    public Resource resolveSibling(String other) {
        throw new UnsupportedOperationException("A changelog is one file");
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public OutputStream openOutputStream(OpenOptions options) {
        throw new UnsupportedOperationException("A changelog is only read");
    }

    /** Finds that file by its path, and nothing else. */
    static final class Accessor extends AbstractResourceAccessor {

        private final ChangelogResource only;

        private Accessor(ChangelogResource only) {
            this.only = only;
        }

        @Override
        public List<Resource> search(String path, boolean recursive) {
            return getAll(path);
        }

        @Override
        public List<Resource> getAll(String path) {
            return path.equals(only.changelog.resource()) ? List.of(only) : List.of();
        }

        @Override
        public List<String> describeLocations() {
            return List.of("class path");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
