package dev.gatehouse.agent.embedded;

import java.util.Optional;

/**
 * Format and size of an image from its first bytes: what a tool server claims is not trusted, and decoding an image only to learn its
 * size would be a gift to whoever sends a bomb.
 */
record ImageHeader(String mimeType, int width, int height) {
    /** Empty for anything but png, jpeg, webp and gif (E2.13). */
    static Optional<ImageHeader> of(byte[] b) {
        return header(b).filter(h -> h.width > 0 && h.height > 0);
    }

    private static Optional<ImageHeader> header(byte[] b) {
        if (b.length >= 24 && u32(b, 0) == 0x89504E47L && u32(b, 12) == 0x49484452L) {
            return Optional.of(new ImageHeader("image/png", (int) u32(b, 16), (int) u32(b, 20)));
        }
        if (b.length >= 10 && u24(b, 0) == 0x474946) {
            return Optional.of(new ImageHeader("image/gif", le16(b, 6), le16(b, 8)));
        }
        if (b.length >= 30 && u32(b, 0) == 0x52494646L && u32(b, 8) == 0x57454250L) {
            return webp(b);
        }
        return b.length >= 4 && u16(b, 0) == 0xFFD8 ? jpeg(b) : Optional.empty();
    }

    private static Optional<ImageHeader> webp(byte[] b) {
        var kind = u32(b, 12);
        if (kind == 0x56503820L) { // "VP8 "
            return Optional.of(new ImageHeader("image/webp", le16(b, 26) & 0x3FFF, le16(b, 28) & 0x3FFF));
        }
        if (kind == 0x5650384CL) { // "VP8L"
            var bits = le16(b, 21) | (long) le16(b, 23) << 16;
            return Optional.of(
                    new ImageHeader("image/webp", (int) (bits & 0x3FFF) + 1, (int) (bits >> 14 & 0x3FFF) + 1));
        }
        if (kind == 0x56503858L) { // "VP8X"
            return Optional.of(new ImageHeader("image/webp", le24(b, 24) + 1, le24(b, 27) + 1));
        }
        return Optional.empty();
    }

    /** Walks the segments up to the first start of frame. */
    private static Optional<ImageHeader> jpeg(byte[] b) {
        var at = 2;
        while (at + 9 < b.length) {
            if (u8(b, at) != 0xFF) {
                return Optional.empty();
            }
            var marker = u8(b, at + 1);
            if (marker == 0xFF) {
                at++;
            } else if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                return Optional.of(new ImageHeader("image/jpeg", u16(b, at + 7), u16(b, at + 5)));
            } else {
                var length = u16(b, at + 2);
                if (length < 2) {
                    return Optional.empty();
                }
                at += 2 + length;
            }
        }
        return Optional.empty();
    }

    private static int u8(byte[] b, int at) {
        return b[at] & 0xFF;
    }

    private static int u16(byte[] b, int at) {
        return u8(b, at) << 8 | u8(b, at + 1);
    }

    private static int u24(byte[] b, int at) {
        return u16(b, at) << 8 | u8(b, at + 2);
    }

    private static long u32(byte[] b, int at) {
        return (long) u16(b, at) << 16 | u16(b, at + 2);
    }

    private static int le16(byte[] b, int at) {
        return u8(b, at) | u8(b, at + 1) << 8;
    }

    private static int le24(byte[] b, int at) {
        return le16(b, at) | u8(b, at + 2) << 16;
    }
}
