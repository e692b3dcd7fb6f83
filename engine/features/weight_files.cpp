// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/weight_files.h"

#include <map>

#include "engine/core/error.h"
#include "engine/models/model_folder.h"

namespace lacuna {

namespace fs = std::filesystem;

const WeightFile& weight_file(const std::string& id)
{
    static const std::map<std::string, WeightFile> files{
        {"vgg16",
         {"vgg16-397923af.pth", "VGG-16 of torchvision, trained on ImageNet",
          "https://download.pytorch.org/models/vgg16-397923af.pth", "397923af"}},
        {"attributes",
         {"attribute_predictor.pt", "the face attribute predictor of AnyCost GAN",
          "https://hanlab.mit.edu/projects/anycost-gan/files/attribute_predictor.pt", ""}},
        {"face",
         {"model_ir_se50.pth", "an ArcFace descriptor with the layers of InsightFace's IR-SE-50",
          "the project page of InsightFace_Pytorch", ""}},
        {"sscd",
         {"sscd_disc_mixup.torchvision.pt", "the copy detection descriptor SSCD (ResNet-50)",
          "https://dl.fbaipublicfiles.com/sscd-copy-detection/sscd_disc_mixup.torchvision.pt", ""}},
        {"lpips",
         {"vgg.pth", "the linear heads of LPIPS 0.1 for VGG-16",
          "lpips/weights/v0.1 of the repository richzhang/PerceptualSimilarity", ""}},
    };
    const auto found = files.find(id);
    if (found == files.end())
        throw Error(ErrorKind::Usage, printable(id), "No weights are known under this name.",
                    "Choose attributes, face, lpips, sscd or vgg16.");
    return found->second;
}

fs::path weight_folder()
{
    return user_model_folder().parent_path() / "weights";
}

fs::path find_weight_file(const std::string& id, const fs::path& given)
{
    const WeightFile& file = weight_file(id);
    const fs::path folder = given.empty() ? weight_folder() : fs::is_directory(given) ? given : fs::path();
    const fs::path path = folder.empty() ? given : folder / file.name;
    if (fs::exists(path))
        return path;
    throw Error(ErrorKind::Input, path.string(), "is not there: it would hold " + file.holds,
                "Get " + file.name + " from " + file.published
                    + (file.hash.empty() ? " (its publisher states no hash)"
                                         : " (its SHA-256 starts with " + file.hash + ")")
                    + " and put it there, or choose features that need no weights");
}

} // namespace lacuna
