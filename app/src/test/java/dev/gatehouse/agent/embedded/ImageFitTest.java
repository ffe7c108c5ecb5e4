package dev.gatehouse.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.agent.ImageContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
@DisplayName("Images of tool results (E2.13)")
class ImageFitTest {
    @ParameterizedTest
    @CsvSource({"png,image/png", "jpeg,image/jpeg", "gif,image/gif"})
    void aSmallImagePassesByteForByteUnderItsTrueType(String format, String mimeType) throws IOException {
        var base64 = TestImages.image(64, 32, format, false);

        var picture = shown(ImageFit.fit(new ImageContent("image/lie", base64)));

        assertThat(picture.mimeType()).isEqualTo(mimeType);
        assertThat(picture.base64()).isEqualTo(base64);
        assertThat(picture.width()).isEqualTo(64);
        assertThat(picture.height()).isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource({"3000,1000,png,1568,522", "1000,5000,jpeg,313,1568", "1569,1569,png,1568,1568"})
    void aLargeImageIsScaledDown(int width, int height, String format, int toWidth, int toHeight) throws IOException {
        var picture = shown(
                ImageFit.fit(new ImageContent("image/" + format, TestImages.image(width, height, format, false))));

        var decoded = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture.base64())));
        assertThat(decoded.getWidth()).isEqualTo(picture.width()).isBetween(toWidth - 1, toWidth + 1);
        assertThat(decoded.getHeight()).isEqualTo(picture.height()).isBetween(toHeight - 1, toHeight + 1);
    }

    @Test
    void anImageWithTooManyBytesIsWrittenAgain() throws IOException {
        var noise = TestImages.image(1_200, 1_200, "png", true);
        assertThat(Base64.getDecoder().decode(noise).length).isGreaterThan(ImageFit.MAX_BYTES);

        var picture = shown(ImageFit.fit(new ImageContent("image/png", noise)));

        assertThat(picture.mimeType()).isEqualTo("image/jpeg");
        assertThat(Base64.getDecoder().decode(picture.base64()).length).isLessThanOrEqualTo(ImageFit.MAX_BYTES);
    }

    @Test
    void theSizeOfEveryWebpVariantIsRead() {
        assertThat(header("52494646 00000000 57454250 56503820 00000000 000000 9d012a 8002 e001"))
                .isEqualTo(new ImageHeader("image/webp", 640, 480));
        assertThat(header("52494646 00000000 57454250 5650384c 00000000 2f 7fc27700 0000000000"))
                .isEqualTo(new ImageHeader("image/webp", 640, 480));
        assertThat(header("52494646 00000000 57454250 56503858 00000000 00000000 7f0200 df0100"))
                .isEqualTo(new ImageHeader("image/webp", 640, 480));
    }

    @Test
    void whatCannotBeShownIsDescribedInALine() throws IOException {
        assertThat(described("not base64 ~~~~")).contains("left out");
        assertThat(described(TestImages.encoded("<svg xmlns=...>".getBytes(StandardCharsets.UTF_8))))
                .contains("not png, jpeg, webp or gif");
        assertThat(described(TestImages.encoded(
                        bytes("52494646 00000000 57454250 56503858 00000000 00000000 ff2700 df0100"))))
                .contains("image/webp 10240x480")
                .contains("cannot be made small enough");
    }

    @Test
    void aBombIsNotOpened() throws IOException {
        var png = Base64.getDecoder().decode(TestImages.image(2_000, 10, "png", false));
        // The header claims 60,000 x 60,000 pixels.
        for (var at : new int[] {16, 20}) {
            png[at + 2] = (byte) 0xEA;
            png[at + 3] = 0x60;
        }

        assertThat(described(TestImages.encoded(png))).contains("60000x60000");
    }

    @Test
    void aDamagedImageIsDescribed() throws IOException {
        var png = Base64.getDecoder().decode(TestImages.image(2_000, 10, "png", false));

        assertThat(described(TestImages.encoded(Arrays.copyOf(png, 60)))).contains("image/png 2000x10");
    }

    private static Picture shown(ImageFit.Fitted fitted) {
        assertThat(fitted).isInstanceOf(ImageFit.Fitted.Shown.class);
        return ((ImageFit.Fitted.Shown) fitted).picture();
    }

    private static String described(String base64) {
        var fitted = ImageFit.fit(new ImageContent("image/png", base64));
        assertThat(fitted).isInstanceOf(ImageFit.Fitted.Described.class);
        return ((ImageFit.Fitted.Described) fitted).line();
    }

    private static ImageHeader header(String hex) {
        return ImageHeader.of(bytes(hex)).orElseThrow();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
