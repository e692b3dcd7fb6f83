// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/openraster.h"

#include "engine/core/atomic_file.h"
#include "engine/project/zip_writer.h"

namespace lacuna {

namespace {

constexpr int thumbnail_longest = 256; // of the specification

std::string escaped(const std::string& text)
{
    std::string out;
    for (const char c : text)
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    return out;
}

std::string layer_file(std::size_t index)
{
    return "data/layer" + std::to_string(index) + ".png";
}

std::string stack_of(const std::vector<RasterLayer>& layers, const Picture& merged)
{
    std::string xml = "<?xml version='1.0' encoding='UTF-8'?>\n<image version=\"0.0.3\" w=\""
                      + std::to_string(merged.width) + "\" h=\"" + std::to_string(merged.height)
                      + "\">\n <stack>\n";
    for (std::size_t i = 0; i < layers.size(); ++i)
        xml += "  <layer name=\"" + escaped(layers[i].name) + "\" src=\"" + layer_file(i) + "\" x=\""
               + std::to_string(layers[i].x) + "\" y=\"" + std::to_string(layers[i].y)
               + "\" opacity=\"1.0\" visibility=\"" + (layers[i].visible ? "visible" : "hidden")
               + "\" composite-op=\"svg:src-over\"/>\n";
    return xml + " </stack>\n</image>\n";
}

} // namespace

void write_openraster(const std::filesystem::path& path, const std::vector<RasterLayer>& layers,
                      const Picture& merged, const Attachments& beside)
{
    const Attachments colours{.profile = beside.profile};
    AtomicFile file(path);
    ZipWriter zip(file);
    zip.add("mimetype", std::string("image/openraster"));
    zip.add("stack.xml", stack_of(layers, merged));
    for (std::size_t i = 0; i < layers.size(); ++i)
        zip.add(layer_file(i), encode_png_with(layers[i].picture, colours));
    zip.add("mergedimage.png", encode_png_with(merged, beside));
    zip.add("Thumbnails/thumbnail.png", encode_png(thumbnail(to_rgb8(on_white(merged)), thumbnail_longest)));
    zip.finish();
    file.commit();
}

} // namespace lacuna
