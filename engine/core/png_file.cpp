// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>
#include <csetjmp>
#include <cstring>

#include <png.h>

#include "engine/core/error.h"
#include "engine/core/picture_codecs.h"
#include "engine/core/picture_file.h"

// libpng reports errors by longjmp: every function that calls setjmp keeps only plain data between setjmp and
// the return; objects with destructors live in the callers.
namespace lacuna {

namespace {

constexpr png_alloc_size_t largest_metadata_chunk = 1 << 20;

struct Reader {
    Bytes file{};
    std::size_t at = 0;
    png_structp png = nullptr;
    png_infop info = nullptr;
    char message[160] = "";
    std::uint8_t* pixels = nullptr;

    ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
};

void keep_message(char (&message)[160], png_const_charp text)
{
    std::strncpy(message, text, sizeof message - 1);
}

void on_read_error(png_structp png, png_const_charp text)
{
    keep_message(static_cast<Reader*>(png_get_error_ptr(png))->message, text);
    png_longjmp(png, 1);
}

void ignore_warning(png_structp, png_const_charp) {}

/// libpng leaves out texts that are damaged or too large; whoever asks for texts is told.
void keep_text_warning(png_structp png, png_const_charp text)
{
    for (const char* chunk : {"tEXt", "zTXt", "iTXt"})
        if (std::strncmp(text, chunk, 4) == 0)
            keep_message(static_cast<Reader*>(png_get_error_ptr(png))->message, text);
}

void read_bytes(png_structp png, png_bytep out, std::size_t count)
{
    auto* reader = static_cast<Reader*>(png_get_io_ptr(png));
    if (count > reader->file.size() - reader->at)
        png_error(png, "is cut off");
    std::memcpy(out, reader->file.data() + reader->at, count);
    reader->at += count;
}

void start(Reader& reader, Bytes file)
{
    reader.file = file;
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, on_read_error, ignore_warning);
    reader.info = reader.png ? png_create_info_struct(reader.png) : nullptr;
    check(reader.info != nullptr, "libpng has memory for its structures");
    png_set_read_fn(reader.png, &reader, read_bytes);
    png_set_user_limits(reader.png, max_side, max_side);
    png_set_chunk_malloc_max(reader.png, largest_metadata_chunk);
    // Ancillary chunks too: without its tRNS chunk a picture would silently lose its alpha.
    png_set_crc_action(reader.png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
}

/// Reads the header and asks libpng for 8 or 16 bits, grey or RGB, alpha if the file has any.
bool read_header(Reader& reader, bool keep_texts)
{
    if (setjmp(png_jmpbuf(reader.png)))
        return false;
#ifdef PNG_HANDLE_AS_UNKNOWN_SUPPORTED
    if (!keep_texts) { // compressed texts are never inflated when only the pixels are wanted
        const png_byte names[] = "zTXt\0iTXt\0tEXt\0iCCP";
        png_set_keep_unknown_chunks(reader.png, PNG_HANDLE_CHUNK_NEVER, names, 4);
    }
#endif
    png_read_info(reader.png, reader.info);
    return true;
}

bool prepare(Reader& reader)
{
    if (setjmp(png_jmpbuf(reader.png)))
        return false;
    png_set_expand(reader.png);
    if (std::endian::native == std::endian::little)
        png_set_swap(reader.png);
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    return true;
}

bool read_pixels(Reader& reader, png_bytepp rows)
{
    if (setjmp(png_jmpbuf(reader.png)))
        return false;
    png_read_image(reader.png, rows);
    png_read_end(reader.png, nullptr);
    return true;
}

[[noreturn]] void refuse(const Reader& reader, const std::string& name)
{
    const std::string message = reader.message;
    if (message == "is cut off" || message == "Not enough image data")
        refuse_picture(name, "is cut off");
    refuse_picture(name, "is damaged (" + message + ")");
}

} // namespace

Picture decode_png(Bytes file, const std::string& name)
{
    // The size stands at a fixed place; it is judged before libpng allocates anything for it.
    if (file.size() < 33)
        refuse_picture(name, "is cut off");
    const auto big_endian = [&](std::size_t at) {
        return std::int64_t(file[at]) << 24 | file[at + 1] << 16 | file[at + 2] << 8 | file[at + 3];
    };
    check_size(big_endian(16), big_endian(20), name);

    Reader reader;
    start(reader, file);
    if (!read_header(reader, false) || !prepare(reader))
        refuse(reader, name);
    const int width = static_cast<int>(png_get_image_width(reader.png, reader.info));
    const int height = static_cast<int>(png_get_image_height(reader.png, reader.info));
    check_size(width, height, name); // the header may have stood elsewhere
    const int channels = png_get_channels(reader.png, reader.info);
    const int bits = png_get_bit_depth(reader.png, reader.info);
    const std::size_t row_bytes = png_get_rowbytes(reader.png, reader.info);
    // A pixel compresses to a thousandth of a byte at best: less data cannot be that many pixels.
    if (row_bytes * height / 1100 > file.size())
        refuse_picture(name, "is cut off");
    return make_picture(width, height, channels, bits, [&](std::uint8_t* out) {
        std::vector<png_bytep> rows(static_cast<std::size_t>(height));
        for (int y = 0; y < height; ++y)
            rows[y] = out + row_bytes * y;
        if (!read_pixels(reader, rows.data()))
            refuse(reader, name);
    });
}

namespace {

/// The standard's encoding of keys and of the texts that are not iTXt.
std::string utf8_from_latin1(const std::string& text)
{
    std::string utf8;
    for (const unsigned char c : text) {
        if (c >= 0x80)
            utf8 += static_cast<char>(0xC0 | c >> 6);
        utf8 += static_cast<char>(c >= 0x80 ? 0x80 | (c & 0x3F) : c);
    }
    return utf8;
}

} // namespace

TextChunks read_png_texts(Bytes file, const std::string& name)
{
    if (file.size() < 33 || png_sig_cmp(file.data(), 0, 8) != 0)
        refuse_picture(name, "is not a PNG file");
    Reader reader;
    start(reader, file);
    png_set_error_fn(reader.png, &reader, on_read_error, keep_text_warning);
    if (!read_header(reader, true))
        refuse(reader, name);
    if (reader.message[0])
        refuse_picture(name, std::string("has texts that cannot be read (") + reader.message + ")");
    png_textp texts = nullptr;
    int count = 0;
    png_get_text(reader.png, reader.info, &texts, &count);
    TextChunks chunks;
    for (int i = 0; i < count; ++i) {
        const std::string text = texts[i].text ? texts[i].text : "";
        const bool latin1 = texts[i].compression <= PNG_TEXT_COMPRESSION_zTXt;
        chunks.emplace_back(utf8_from_latin1(texts[i].key), latin1 ? utf8_from_latin1(text) : text);
    }
    return chunks;
}

namespace {

struct Writer {
    std::vector<std::uint8_t> bytes{};
    png_structp png = nullptr;
    png_infop info = nullptr;
    char message[160] = "";

    ~Writer() { png_destroy_write_struct(&png, &info); }
};

void on_write_error(png_structp png, png_const_charp text)
{
    keep_message(static_cast<Writer*>(png_get_error_ptr(png))->message, text);
    png_longjmp(png, 1);
}

void write_bytes(png_structp png, png_bytep data, std::size_t count)
{
    auto& bytes = static_cast<Writer*>(png_get_io_ptr(png))->bytes;
    bytes.insert(bytes.end(), data, data + count);
}

void flush_nothing(png_structp) {}

struct Form {
    int width, height, colour, bits;
};

bool write_image(Writer& writer, const Form& form, png_textp texts, int text_count, png_bytepp rows)
{
    if (setjmp(png_jmpbuf(writer.png)))
        return false;
    png_set_write_fn(writer.png, &writer, write_bytes, flush_nothing);
    png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(form.width),
                 static_cast<png_uint_32>(form.height), form.bits, form.colour, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(writer.png, 4);
    if (text_count > 0)
        png_set_text(writer.png, writer.info, texts, text_count);
    png_write_info(writer.png, writer.info);
    if (form.bits == 16 && std::endian::native == std::endian::little)
        png_set_swap(writer.png);
    png_write_image(writer.png, rows);
    png_write_end(writer.png, nullptr);
    return true;
}

bool is_latin1_safe(const std::string& text)
{
    return std::all_of(text.begin(), text.end(),
                       [](unsigned char c) { return c == '\n' || (c >= 32 && c < 127); });
}

std::vector<std::uint8_t> encode(const Form& form, const std::uint8_t* pixels, std::size_t row_bytes,
                                 const TextChunks& chunks)
{
    Writer writer;
    writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer, on_write_error, ignore_warning);
    writer.info = writer.png ? png_create_info_struct(writer.png) : nullptr;
    check(writer.info != nullptr, "libpng has memory for its structures");
    std::vector<png_text> texts(chunks.size());
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        const auto& [key, text] = chunks[i];
        texts[i].compression = is_latin1_safe(text) ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
        texts[i].key = const_cast<char*>(key.c_str());
        texts[i].text = const_cast<char*>(text.c_str());
        texts[i].text_length = is_latin1_safe(text) ? text.size() : 0;
        texts[i].itxt_length = is_latin1_safe(text) ? 0 : text.size();
    }
    std::vector<png_bytep> rows(static_cast<std::size_t>(form.height));
    for (int y = 0; y < form.height; ++y)
        rows[y] = const_cast<png_bytep>(pixels + row_bytes * y);
    if (!write_image(writer, form, texts.data(), static_cast<int>(texts.size()), rows.data()))
        throw Error(ErrorKind::Internal, "PNG", writer.message, "Please report it");
    return std::move(writer.bytes);
}

} // namespace

std::vector<std::uint8_t> encode_png(const Picture& picture, const TextChunks& texts)
{
    constexpr int colours[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                               PNG_COLOR_TYPE_RGB_ALPHA};
    check(!picture.empty() && picture.channels >= 1 && picture.channels <= 4,
          "the picture to write has pixels");
    return encode({picture.width, picture.height, colours[picture.channels - 1], picture.bits},
                  picture.bytes->data(), picture.row_bytes(), texts);
}

std::vector<std::uint8_t> encode_png(const Mask& mask)
{
    check(!mask.values.empty(), "the mask to write has pixels");
    return encode({mask.width, mask.height, PNG_COLOR_TYPE_GRAY, 8}, mask.values.data(),
                  static_cast<std::size_t>(mask.width), {});
}

} // namespace lacuna
