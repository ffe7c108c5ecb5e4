package dev.gatehouse.agent.embedded;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.NullMarked;

/** Images for tests, in base64. */
@NullMarked
final class TestImages {
    private TestImages() {}

    static String png(int width, int height) throws IOException {
        return image(width, height, "png", false);
    }

    /** @param noise random pixels, which no format can compress */
    static String image(int width, int height, String format, boolean noise) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (var y = 0; noise && y < height; y++) {
            for (var x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return encoded(out.toByteArray());
    }

    static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
