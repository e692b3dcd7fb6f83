// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/picture_source.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <mutex>

#include "engine/core/error.h"
#include "engine/core/philox.h"
#include "engine/core/picture_file.h"
#include "engine/scenes/worlds/moving_digits.h"

namespace lacuna::training {

namespace {

// Streams apart from those of the samplers.
constexpr std::uint32_t kBalancedDraws = 0x42414C41, kFirstFrame = 0x46495253;

std::vector<std::uint8_t> bytes_of(const Picture& picture)
{
    return *picture.bytes;
}

class WorldSource final : public PictureSource {
public:
    WorldSource(const DataConfig& data, bool balanced)
        : world_(scenes::find_world(data.name)),
          size_(data.size),
          balanced_(balanced),
          attribute_share_(data.attribute_share),
          scenes_(static_cast<std::uint64_t>(data.scenes)),
          kept_(static_cast<std::size_t>(data.scenes))
    {
    }

    int channels() const override { return 3; }
    const std::vector<scenes::Attribute>& attributes() const override { return world_.attributes(); }

    Example example(std::uint64_t number) const override
    {
        if (scenes_ == 0)
            return rendered(number);
        const std::size_t place = number % scenes_;
        {
            const std::lock_guard lock(mutex_);
            if (kept_[place])
                return *kept_[place];
        }
        auto made = std::make_shared<const Example>(rendered(place));
        const std::lock_guard lock(mutex_);
        kept_[place] = made;
        return *made;
    }

private:
    Example rendered(std::uint64_t scene) const
    {
        const scenes::Attributes values = balanced_ ? uniform_values(scene) : world_.draw(scene);
        return {.pixels = bytes_of(world_.render(scene, values, size_)),
                .attributes = values,
                .weights = attribute_share_ > 0 ? pixel_weights(scene) : std::vector<float>()};
    }

    /// 1 - s everywhere, and s shared out evenly: to the attributes, and to the pixels of each one's mask.
    std::vector<float> pixel_weights(std::uint64_t scene) const
    {
        const auto pixels = static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_);
        std::vector<double> weights(pixels, 1 - attribute_share_);
        for (const scenes::Attribute& attribute : world_.attributes()) {
            const Mask hole = world_.mask(scene, attribute.mask, size_);
            const auto holes = static_cast<double>(hole.hole_pixels());
            const double each = attribute_share_ * static_cast<double>(pixels) / holes
                                / static_cast<double>(world_.attributes().size());
            for (std::size_t i = 0; i < pixels; ++i)
                if (hole.is_hole(static_cast<int>(i) % size_, static_cast<int>(i) / size_))
                    weights[i] += each;
        }
        return {weights.begin(), weights.end()};
    }

    scenes::Attributes uniform_values(std::uint64_t scene) const
    {
        scenes::Attributes values;
        for (const scenes::Attribute& attribute : world_.attributes())
            values.push_back(
                static_cast<int>(uniform({.seed = scene, .purpose = kBalancedDraws}, values.size())
                                 * static_cast<double>(attribute.values.size())));
        return values;
    }

    const scenes::World& world_;
    int size_;
    bool balanced_;
    double attribute_share_;
    std::uint64_t scenes_;
    mutable std::mutex mutex_{};
    mutable std::vector<std::shared_ptr<const Example>> kept_;
};

/// The middle square at this size, averaged over areas; small pictures are enlarged by repetition.
Picture middle_square(const Picture& given, int size)
{
    const Picture rgb = to_rgb8(given);
    const int side = std::min(rgb.width, rgb.height);
    const Picture square = thumbnail(crop(rgb, (rgb.width - side) / 2, (rgb.height - side) / 2, side, side),
                                     std::min(side, size));
    return make_picture(size, size, 3, 8, [&](std::uint8_t* to) {
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x)
                for (int c = 0; c < 3; ++c)
                    *to++ = square.row(y * square.height / size)[x * square.width / size * 3 + c];
    });
}

class FolderSource final : public PictureSource {
public:
    explicit FolderSource(const DataConfig& data)
    {
        std::error_code failure;
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(data.name, failure))
            if (is_picture(entry.path()))
                files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        if (files.empty())
            throw Error(ErrorKind::Input, printable(data.name), "holds no PNG or JPEG pictures",
                        "Give the folder of the pictures to learn from");
        for (const auto& file : files)
            pictures_.push_back(bytes_of(middle_square(read_picture(file), data.size)));
    }

    int channels() const override { return 3; }
    const std::vector<scenes::Attribute>& attributes() const override { return none_; }
    Example example(std::uint64_t number) const override
    {
        return {.pixels = pictures_[number % pictures_.size()]};
    }

private:
    static bool is_picture(const std::filesystem::path& path)
    {
        std::string ending = path.extension().string();
        for (char& c : ending)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return ending == ".png" || ending == ".jpg" || ending == ".jpeg" || ending == ".ppm";
    }

    std::vector<std::vector<std::uint8_t>> pictures_{};
    std::vector<scenes::Attribute> none_{};
};

/// Frames in a row of a film; the last one is the picture, those before it are the condition.
class DigitSource final : public PictureSource {
public:
    explicit DigitSource(const DataConfig& data)
        : variant_(scenes::find_digit_variant(data.name)),
          options_{.right = data.right, .side = data.size},
          frames_(data.condition_frames)
    {
        scenes::render_film(variant_, 0, 1, options_); // refuses wrong options
    }

    int channels() const override { return 1; }
    int condition_channels() const override { return frames_; }
    const std::vector<scenes::Attribute>& attributes() const override { return none_; }

    Example example(std::uint64_t number) const override
    {
        const scenes::DigitFilm film = scenes::render_film(variant_, number, film_length + frames_, options_);
        const double u = uniform({.seed = number, .purpose = kFirstFrame}, 0);
        const auto first = film.frames.begin() + static_cast<std::ptrdiff_t>(u * film_length);
        Example example{.pixels = bytes_of(first[frames_])};
        for (std::size_t i = 0; i < example.pixels.size(); ++i)
            for (int frame = 0; frame < frames_; ++frame)
                example.condition.push_back((*first[frame].bytes)[i]);
        return example;
    }

private:
    static constexpr int film_length = 16;

    scenes::DigitVariant variant_;
    scenes::DigitFilmOptions options_;
    int frames_;
    std::vector<scenes::Attribute> none_{};
};

} // namespace

std::unique_ptr<PictureSource> make_picture_source(const DataConfig& data, bool balanced)
{
    switch (data.kind) {
    case DataConfig::Kind::World:
        return std::make_unique<WorldSource>(data, balanced);
    case DataConfig::Kind::Pictures:
        return std::make_unique<FolderSource>(data);
    case DataConfig::Kind::Digits:
        return std::make_unique<DigitSource>(data);
    }
    throw Error(ErrorKind::Internal, "The data", "are of no known kind", "Please report it");
}

} // namespace lacuna::training
