package dev.gatehouse.server;

import dev.gatehouse.agent.Prices;
import dev.gatehouse.config.ConfigException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prices in force: those of the operator's file as it was when it was last read in order, else the built-in ones (D16.4). */
final class PriceFile implements Supplier<Prices> {
    private static final Logger LOG = LoggerFactory.getLogger(PriceFile.class);

    private final Optional<Path> file;
    private volatile Prices prices;

    /** Reads the file for the first time. */
    PriceFile(Optional<Path> file) throws ConfigException {
        this.file = file;
        this.prices = Prices.in(file);
    }

    @Override
    public Prices get() {
        return prices;
    }

    /** Reads it again; a file that cannot be used changes nothing. A task that runs keeps the prices it began with. */
    void reload() {
        try {
            prices = Prices.in(file);
            LOG.info("prices reloaded, version {}", prices.version());
        } catch (ConfigException e) {
            LOG.error("the price list cannot be used, so the prices stay as they were: {}", e.getMessage());
        }
    }
}
