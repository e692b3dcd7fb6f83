// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/measurement.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/diffusion/noise.h"
#include "engine/fill/preview.h"
#include "engine/operators/degradation.h"
#include "engine/operators/pixel_operators.h"

namespace lacuna {

namespace {

/// 1 where every pixel that is averaged into a pixel of the network is known, [1,1,h,w].
Tensor keep_of(const Mask& mask, std::int64_t height, std::int64_t width)
{
    const Tensor hole = at::from_blob(const_cast<std::uint8_t*>(mask.values.data()),
                                      {1, 1, mask.height, mask.width}, at::kByte)
                            .to(at::kFloat);
    const Tensor share = height <= mask.height && width <= mask.width
                             ? at::adaptive_avg_pool2d(hole, {height, width})
                             : at::upsample_nearest2d(hole, {height, width});
    return (share <= 0).to(at::kFloat);
}

/// What a network of `channels` channels sees of a picture, [1,channels,h,w].
Tensor seen(const Picture& picture, const NetworkWindow& window, std::int64_t channels)
{
    const Tensor rgb = resized(tensor_of(to_rgb8(crop(picture, window.area))), window.height, window.width);
    return channels == 1 ? rgb.mean(1, /*keepdim=*/true) : rgb;
}

/// The largest side that a network is asked to do, in units of its native size.
constexpr int most_native = 4;

std::shared_ptr<SpectralOperator> operator_of(const Recipe& recipe, std::int64_t height, std::int64_t width)
{
    return make_operator({.task = recipe.task,
                          .scale = recipe.scale,
                          .seed = recipe.seed,
                          .reference_quirks = recipe.restoration.reference_quirks},
                         3, height, width);
}

/// The square in the middle of a picture at the network's size, as the papers prepare theirs.
Tensor middle_square(const Picture& picture, std::int64_t side)
{
    const int shorter = std::min(picture.width, picture.height);
    const Picture square =
        crop(picture, (picture.width - shorter) / 2, (picture.height - shorter) / 2, shorter, shorter);
    return resized(tensor_of(to_rgb8(square)), side, side);
}

Measurement degrade(const DatasetModel& model, const Picture& picture, const Recipe& recipe)
{
    Measurement measured{.task = recipe.task};
    measured.truth = middle_square(picture, model.native_size());
    measured.op = operator_of(recipe, measured.truth.size(2), measured.truth.size(3));
    CounterNoise noise(recipe.seed, {0});
    measured.y = measure(*measured.op, measured.truth, recipe.restoration.sigma_y, noise);
    return measured;
}

} // namespace

Measurement measure_window(const DatasetModel& model, const FillRequest& request, const NetworkWindow& window)
{
    const std::int64_t channels = picture_form(model.network->graph()).value_or(PictureForm{3, 0}).channels;
    Measurement measured;
    std::vector<Tensor> frames;
    for (const Picture& frame : request.condition)
        frames.push_back(seen(frame, window, channels));
    if (!frames.empty())
        measured.condition = at::cat(frames, 1);

    const Tensor keep = keep_of(crop(request.mask, window.area), window.height, window.width);
    if (measured.condition.defined() && !(keep > 0.5).any().item<bool>())
        measured.op = std::make_shared<Inpainting>(keep, channels);
    else
        measured.op = make_operator({.task = "inpaint", .keep = keep}, channels, window.height, window.width);
    measured.y = measured.op->A(seen(request.picture, window, channels));
    return measured;
}

Measurement measure_task(const DatasetModel& model, const Picture& picture, const Recipe& recipe)
{
    if (const auto form = picture_form(model.network->graph()); form && form->channels != 3)
        throw Error(ErrorKind::Input, "The model " + model.preset.id,
                    "makes grey pictures, which it can only inpaint",
                    "Use a model of colour pictures for the task " + recipe.task, "Nothing was run.");
    if (recipe.degrade)
        return degrade(model, picture, recipe);
    if (recipe.task == "cs")
        throw Error(ErrorKind::Usage, "--task cs", "measures coefficients, which no picture holds",
                    "Add --degrade to measure a picture", "Nothing was run.");
    const int growth = recipe.task.starts_with("sr-") ? recipe.scale : 1;
    const int width = picture.width * growth, height = picture.height * growth;
    const int multiple = model.size_multiple(), most = most_native * model.native_size();
    if (width % multiple != 0 || height % multiple != 0 || std::max(width, height) > most)
        throw Error(ErrorKind::Input, "picture",
                    "would become " + std::to_string(width) + " x " + std::to_string(height)
                        + " pixels, which the model " + model.preset.id + " cannot do",
                    "Use a size of multiples of " + std::to_string(multiple) + " up to "
                        + std::to_string(most) + ", or --degrade to try the method on a picture of any size");
    Measurement measured{.task = recipe.task};
    measured.op = operator_of(recipe, height, width);
    const Tensor x = tensor_of(to_rgb8(picture));
    measured.y = recipe.task == "color" ? measured.op->A(x) : x;
    return measured;
}

Tensor resized(const Tensor& picture, std::int64_t height, std::int64_t width)
{
    if (picture.size(2) == height && picture.size(3) == width)
        return picture;
    if (height <= picture.size(2) && width <= picture.size(3))
        return at::adaptive_avg_pool2d(picture, {height, width});
    return at::upsample_bicubic2d(picture, {height, width}, /*align_corners=*/false);
}

Mask whole_mask(int width, int height)
{
    Mask whole(width, height);
    std::fill(whole.values.begin(), whole.values.end(), std::uint8_t(255));
    return whole;
}

} // namespace lacuna
