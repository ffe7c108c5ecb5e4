package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.ImageContent;
import dev.gatehouse.json.CanonicalJson;
import java.awt.Color;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes an image of a tool result fit for a model, or says in a line why it cannot be shown (E2.13). */
final class ImageFit {
    static final int LONGEST_EDGE = 1_568;
    static final int MAX_BYTES = 3 * 512 * 1024;

    /** Larger files and larger canvases are not opened at all. */
    private static final int MAX_ENCODED = 32 * 1024 * 1024;

    private static final long MAX_PIXELS = 64_000_000;

    private ImageFit() {}

    /** An image to show, or a line to show instead. */
    sealed interface Fitted {
        record Shown(Picture picture) implements Fitted {}

        record Described(String line) implements Fitted {}
    }

    static Fitted fit(ImageContent image) {
        if (image.base64().length() > MAX_ENCODED) {
            return new Fitted.Described("[image left out: too large]");
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(image.base64());
        } catch (IllegalArgumentException e) {
            return new Fitted.Described("[image left out: not base64]");
        }
        var header = ImageHeader.of(bytes);
        if (header.isEmpty()) {
            return new Fitted.Described("[image left out: not png, jpeg, webp or gif]");
        }
        var original = header.get();
        var shown = small(original) && bytes.length <= MAX_BYTES
                ? Optional.of(picture(original, bytes, bytes))
                : scaled(original, bytes);
        return shown.<Fitted>map(Fitted.Shown::new)
                .orElseGet(
                        () -> new Fitted.Described("[image left out: %s %dx%d, %d bytes, cannot be made small enough]"
                                .formatted(original.mimeType(), original.width(), original.height(), bytes.length)));
    }

    private static boolean small(ImageHeader header) {
        return Math.max(header.width(), header.height()) <= LONGEST_EDGE;
    }

    private static Optional<Picture> scaled(ImageHeader original, byte[] bytes) {
        if ((long) original.width() * original.height() > MAX_PIXELS) {
            return Optional.empty();
        }
        try {
            var decoded = decode(original, bytes);
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            var canvas = shrink(decoded.get());
            var format = original.mimeType().equals("image/jpeg") ? "jpeg" : "png";
            var encoded = encode(canvas, format);
            if (encoded.length > MAX_BYTES && format.equals("png")) {
                format = "jpeg";
                encoded = encode(canvas, format);
            }
            var header = new ImageHeader("image/" + format, canvas.getWidth(), canvas.getHeight());
            return encoded.length <= MAX_BYTES ? Optional.of(picture(header, encoded, bytes)) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // The readers of the JDK throw whatever a damaged file makes them stumble over; it is described like any
            // other misfit.
            return Optional.empty();
        }
    }

    /** Skips rows and columns while reading, so that a huge canvas never lies in memory whole. Empty if the JDK has no reader (webp). */
    private static Optional<BufferedImage> decode(ImageHeader header, byte[] bytes) throws IOException {
        var readers = ImageIO.getImageReadersByMIMEType(header.mimeType());
        if (!readers.hasNext()) {
            return Optional.empty();
        }
        var reader = readers.next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            var step = Math.max(1, Math.max(header.width(), header.height()) / LONGEST_EDGE);
            var parameters = reader.getDefaultReadParam();
            parameters.setSourceSubsampling(step, step, 0, 0);
            return Optional.of(reader.read(0, parameters));
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage shrink(BufferedImage image) {
        var longest = Math.max(image.getWidth(), image.getHeight());
        var edge = Math.min(longest, LONGEST_EDGE);
        var width = Math.max(1, (int) ((long) image.getWidth() * edge / longest));
        var height = Math.max(1, (int) ((long) image.getHeight() * edge / longest));
        var canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = canvas.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage((Image) image, 0, 0, width, height, null);
        graphics.dispose();
        return canvas;
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, format, stream)) {
                throw new IOException("no writer");
            }
        }
        return out.toByteArray();
    }

    private static Picture picture(ImageHeader header, byte[] shown, byte[] original) {
        var digest = "[image no longer shown: %s %dx%d, sha256 %s]"
                .formatted(header.mimeType(), header.width(), header.height(), CanonicalJson.sha256(original));
        return new Picture(
                header.mimeType(), Base64.getEncoder().encodeToString(shown), header.width(), header.height(), digest);
    }
}
