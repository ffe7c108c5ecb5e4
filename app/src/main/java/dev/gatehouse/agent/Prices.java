package dev.gatehouse.agent;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What models cost: the only source, because model APIs tell tokens and not money (E4.7).
 *
 * @param version as the file gives it, for the {@code session} event
 */
public record Prices(String version, Map<String, ModelPrice> models) {
    private static final Pattern DATED = Pattern.compile("(.+)-[0-9]{8}");

    public Prices {
        models = Map.copyOf(models);
    }

    /**
     * The prices of the operator's file, or the built-in ones where there is no file.
     *
     * @throws ConfigException if the file cannot be read, or is not as it must be
     */
    public static Prices in(Optional<Path> file) throws ConfigException {
        return file.isPresent() ? StrictYaml.read(file.get(), Prices::of) : builtIn();
    }

    /** The list that ships with the program. */
    public static Prices builtIn() {
        try (var in = Prices.class.getResourceAsStream("prices.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the built-in price list is missing");
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigException e) {
            throw new IllegalStateException("the built-in price list is malformed", e);
        }
    }

    /**
     * Reads a list in the format of engines.md section 4.1.
     *
     * @throws ConfigException if anything in it is unknown, missing or not an exact number of micro-dollars
     */
    public static Prices read(String yaml) throws ConfigException {
        return of(StrictYaml.read(yaml));
    }

    /** The same for a list that is already taken apart. */
    public static Prices of(YamlValue list) throws ConfigException {
        return PricesReader.read(list);
    }

    /**
     * The row of a model: the exact id, or the id without a date of eight digits. There is no other match and no default, so an
     * unknown model is refused with {@code price_unknown} (D10.3).
     */
    public Optional<ModelPrice> price(String model) {
        var exact = models.get(model);
        if (exact != null) {
            return Optional.of(exact);
        }
        var dated = DATED.matcher(model);
        return dated.matches() ? Optional.ofNullable(models.get(dated.group(1))) : Optional.empty();
    }
}
