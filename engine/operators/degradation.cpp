// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/operators/degradation.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/text.h"
#include "engine/diffusion/noise.h"
#include "engine/operators/pixel_operators.h"
#include "engine/operators/separable_operator.h"
#include "engine/operators/walsh_hadamard.h"

namespace lacuna {

namespace {

struct Size {
    std::int64_t C, H, W;
    std::string text() const { return std::to_string(W) + " x " + std::to_string(H); }
};

[[noreturn]] void refuse(const Degradation& degradation, const std::string& cause, const std::string& action)
{
    throw Error(ErrorKind::Usage, "The task \"" + printable(degradation.task) + "\"", cause, action);
}

void require_divisible(const Degradation& degradation, const Size& size)
{
    const std::string scale = std::to_string(degradation.scale);
    if (degradation.scale < 1)
        refuse(degradation, "a scale of " + scale + " makes no sense", "Use a scale of 1 or more");
    if (size.H % degradation.scale != 0 || size.W % degradation.scale != 0)
        refuse(degradation,
               "a picture of " + size.text() + " pixels does not divide into blocks of " + scale + " x "
                   + scale,
               "Use a picture whose width and height are multiples of " + scale);
}

std::unique_ptr<SpectralOperator> inpainting(const Degradation& degradation, const Size& size)
{
    const Tensor& keep = degradation.keep;
    if (!keep.defined() || keep.dim() < 2 || keep.size(-2) != size.H || keep.size(-1) != size.W
        || keep.numel() != size.H * size.W)
        refuse(degradation, "it has no mask of the size of the picture, " + size.text(),
               "Give a mask of the same size");
    if (!(keep > 0.5).any().item<bool>())
        refuse(degradation, "no pixel is known", "Leave some pixels of the picture outside of the mask");
    return std::make_unique<Inpainting>(keep, size.C);
}

std::unique_ptr<SpectralOperator> colorization(const Degradation& degradation, const Size& size)
{
    if (size.C != 3)
        refuse(degradation, "the picture does not have three channels", "Use a colour picture");
    return std::make_unique<Colorization>(size.C, size.H, size.W);
}

std::unique_ptr<SpectralOperator> bicubic(const Degradation& degradation, const Size& size)
{
    require_divisible(degradation, size);
    return std::make_unique<SeparableOperator>(size.C, small_svd(bicubic_matrix(size.H, degradation.scale)),
                                               small_svd(bicubic_matrix(size.W, degradation.scale)));
}

std::unique_ptr<SpectralOperator> deblurring(const Degradation& degradation, const Size& size)
{
    const auto axis = [&](std::int64_t n, const std::vector<double>& kernel) {
        return cut(small_svd(blur_matrix(n, kernel, degradation.reference_quirks)), smallest_singular_value);
    };
    std::vector<double> vertical = uniform_kernel(9), horizontal = uniform_kernel(9);
    if (degradation.task == "deblur-gauss")
        vertical = horizontal = gaussian_kernel(5, 10);
    if (degradation.task == "deblur-aniso") {
        vertical = gaussian_kernel(9, 1);
        horizontal = gaussian_kernel(9, 20);
    }
    return std::make_unique<SeparableOperator>(size.C, axis(size.H, vertical), axis(size.W, horizontal));
}

std::unique_ptr<SpectralOperator> compressed_sensing(const Degradation& degradation, const Size& size)
{
    const std::int64_t pixels = size.H * size.W;
    if ((pixels & (pixels - 1)) != 0)
        refuse(degradation, "a picture of " + size.text() + " pixels cannot be transformed",
               "Use a picture whose number of pixels is a power of two, such as 256 x 256");
    if (degradation.scale < 1 || degradation.scale > pixels)
        refuse(degradation,
               "one of " + std::to_string(degradation.scale) + " coefficients cannot be measured",
               "Use a scale from 1 to the number of pixels");
    return std::make_unique<WalshHadamard>(size.C, size.H, size.W, degradation.scale, degradation.seed);
}

} // namespace

const std::vector<std::string>& degradation_tasks()
{
    static const std::vector<std::string> tasks{"inpaint",      "sr-bicubic",   "sr-average",
                                                "color",        "denoise",      "deblur-uniform",
                                                "deblur-gauss", "deblur-aniso", "cs"};
    return tasks;
}

std::unique_ptr<SpectralOperator> make_operator(const Degradation& degradation, std::int64_t channels,
                                                std::int64_t height, std::int64_t width)
{
    const Size size{channels, height, width};
    const std::string& task = degradation.task;
    if (task == "inpaint")
        return inpainting(degradation, size);
    if (task == "sr-bicubic")
        return bicubic(degradation, size);
    if (task == "sr-average") {
        require_divisible(degradation, size);
        return std::make_unique<BlockAverage>(channels, height, width, degradation.scale);
    }
    if (task == "color")
        return colorization(degradation, size);
    if (task == "denoise")
        return std::make_unique<Denoising>(channels, height, width);
    if (task == "deblur-uniform" || task == "deblur-gauss" || task == "deblur-aniso")
        return deblurring(degradation, size);
    if (task == "cs")
        return compressed_sensing(degradation, size);
    refuse(degradation, "it is not known", "Use one of " + joined(degradation_tasks()));
}

Tensor measure(const SpectralOperator& op, const Tensor& x, double sigma_y, NoiseSource& noise)
{
    const Tensor y = op.A(x);
    if (sigma_y <= 0)
        return y;
    return y + sigma_y * op.in_range(noise.draw(y, Purpose::Measurement, 0));
}

} // namespace lacuna
