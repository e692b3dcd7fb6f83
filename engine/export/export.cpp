// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/export.h"

#include <cstring>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/export/colour_profile.h"
#include "engine/export/contact_sheet.h"
#include "engine/export/openraster.h"

namespace lacuna {

namespace {

/// A picture in the form that options and format ask for, and the metadata that are true of it.
class Form {
public:
    Form(const ExportOptions& options, const FileMetadata& metadata, const Picture& picture)
        : options_(options),
          metadata_(metadata),
          // No WebP is grey, so a profile for grey pictures has to be applied.
          converts_(!metadata.profile.empty()
                    && (options.srgb || (options.format == ExportFormat::WebP && picture.channels < 3)))
    {
        if (converts_)
            metadata_.profile.clear();
    }

    const FileMetadata& metadata() const { return metadata_; }

    Picture of(Picture picture, const FileMetadata& original) const
    {
        if (converts_)
            picture = to_srgb(picture, original.profile);
        if (!options_.transparency || !holds_alpha(options_.format))
            picture = on_white(picture);
        if (options_.format == ExportFormat::WebP)
            picture = in_colour(picture);
        const int wanted = options_.bits == 0 ? picture.bits : options_.bits;
        return with_bits(picture, holds_16_bits(options_.format) ? wanted : 8);
    }

private:
    ExportOptions options_;
    FileMetadata metadata_;
    bool converts_;
};

std::vector<std::uint8_t> encoded(const Picture& picture, const Attachments& beside,
                                  const ExportOptions& options)
{
    switch (options.format) {
    case ExportFormat::Jpeg:
        return encode_jpeg(picture, options.quality, beside);
    case ExportFormat::Tiff:
        return encode_tiff(picture, beside);
    case ExportFormat::WebP:
        return encode_webp(picture, options.quality, beside);
    default:
        return encode_png_with(picture, beside);
    }
}

/// Straight alpha: opaque in the hole, nothing elsewhere.
Picture only_hole(const Picture& picture, const Mask& hole)
{
    const std::size_t sample = std::size_t(picture.bits) / 8,
                      colours = (picture.channels < 3 ? 1 : 3) * sample, pixel = picture.channels * sample;
    return make_picture(picture.width, picture.height, picture.channels < 3 ? 2 : 4, picture.bits,
                        [&](std::uint8_t* out) {
                            const std::uint8_t* in = picture.bytes->data();
                            for (const std::uint8_t inside : hole.values) {
                                std::memset(out, 0, colours + sample);
                                if (inside) {
                                    std::memcpy(out, in, colours);
                                    std::memset(out + colours, 0xFF, sample);
                                    if (picture.has_alpha())
                                        std::memcpy(out + colours, in + colours, sample);
                                }
                                in += pixel;
                                out += colours + sample;
                            }
                        });
}

Picture white_hole(const Mask& hole)
{
    return make_picture(hole.width, hole.height, 2, 8, [&](std::uint8_t* out) {
        for (const std::uint8_t inside : hole.values) {
            *out++ = 255;
            *out++ = inside;
        }
    });
}

const Completion& usable(const ExportSource& source, std::size_t index)
{
    check(index < source.set.completions.size() && source.set.completions[index].problem.empty(),
          "the completion to be exported exists");
    return source.set.completions[index];
}

Provenance provenance(const ExportSource& source, std::size_t index, bool one)
{
    return {source.set.recipe, one ? source.set.completions[index].member : 0, one ? int(index) + 1 : 0,
            source.request.mask};
}

} // namespace

std::string ending(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Jpeg:
        return "jpg";
    case ExportFormat::Tiff:
        return "tif";
    case ExportFormat::WebP:
        return "webp";
    case ExportFormat::OpenRaster:
        return "ora";
    default:
        return "png";
    }
}

bool holds_16_bits(ExportFormat format)
{
    return format != ExportFormat::Jpeg && format != ExportFormat::WebP;
}

bool holds_alpha(ExportFormat format)
{
    return format != ExportFormat::Jpeg;
}

bool has_quality(ExportFormat format)
{
    return format == ExportFormat::Jpeg || format == ExportFormat::WebP;
}

void export_completion(const std::filesystem::path& path, const ExportSource& source, std::size_t index,
                       const ExportOptions& options)
{
    check(options.format != ExportFormat::OpenRaster, "OpenRaster is written by export_layers");
    const Completion& completion = usable(source, index);
    const Picture filled =
        composite(canvas(source.request, source.set), canvas_hole(source.request, source.set), completion,
                  source.set.recipe.soft_edge);
    const Form form(options, source.metadata, filled);
    const Attachments beside = attachments(form.metadata(), provenance(source, index, true), options.privacy);
    write_file(path, encoded(form.of(filled, source.metadata), beside, options));
}

void export_layers(const std::filesystem::path& path, const ExportSource& source,
                   const std::vector<std::size_t>& indices, std::size_t shown, const ExportOptions& options)
{
    const Picture& below = canvas(source.request, source.set);
    const Mask hole = canvas_hole(source.request, source.set);
    const Area box = hole.hole_box();
    const int soft = source.set.recipe.soft_edge;
    const Form form(options, source.metadata, below);
    std::vector<RasterLayer> layers{{"Hole", white_hole(crop(hole, box)), box.x, box.y, false}};
    for (const std::size_t index : indices) {
        const Picture filled = composite(below, hole, usable(source, index), soft);
        const Picture part = form.of(crop(filled, box), source.metadata);
        layers.push_back({"Completion " + std::to_string(index + 1), only_hole(part, crop(hole, box)), box.x,
                          box.y, index == shown});
    }
    layers.push_back({"Picture", form.of(below, source.metadata)});
    const Picture merged = form.of(composite(below, hole, usable(source, shown), soft), source.metadata);
    write_openraster(path, layers, merged,
                     attachments(form.metadata(), provenance(source, shown, true), options.privacy));
}

void export_sheet(const std::filesystem::path& path, const ExportSource& source,
                  const std::vector<std::size_t>& indices, const ExportOptions& options)
{
    check(options.format != ExportFormat::OpenRaster, "a contact sheet is one picture");
    CompletionSet chosen = source.set;
    chosen.completions.clear();
    for (const std::size_t index : indices)
        chosen.completions.push_back(usable(source, index));
    Picture sheet =
        contact_sheet(canvas(source.request, source.set), canvas_hole(source.request, source.set), chosen);
    if (!source.metadata.profile.empty() && source.request.picture.channels >= 3)
        sheet = to_srgb(sheet, source.metadata.profile);
    const Attachments beside = attachments({}, provenance(source, 0, false), options.privacy);
    write_file(path, encoded(sheet, beside, options));
}

} // namespace lacuna
