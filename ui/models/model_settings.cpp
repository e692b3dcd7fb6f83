// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_settings.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <mutex>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"

namespace lacuna::ui {
namespace {

constexpr std::uint64_t largest = 1 << 16;

struct Device {
    std::mutex mutex{};
    std::string id = "auto";
};

Device& device()
{
    static Device chosen;
    return chosen;
}

} // namespace

ModelSettings readModelSettings(const std::filesystem::path& file)
{
    ModelSettings settings;
    try {
        const auto bytes = read_file(file, largest);
        const QJsonObject json =
            QJsonDocument::fromJson(
                QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())))
                .object();
        settings.offline = json.value(QLatin1String("offline")).toBool(settings.offline);
        settings.proxy = json.value(QLatin1String("proxy")).toString();
        settings.device = json.value(QLatin1String("device")).toString(settings.device);
    } catch (const Error&) {
        // nothing was chosen yet
    }
    return settings;
}

void writeModelSettings(const std::filesystem::path& file, const ModelSettings& settings)
{
    std::filesystem::create_directories(file.parent_path());
    write_file(file, QJsonDocument(QJsonObject{{QStringLiteral("offline"), settings.offline},
                                               {QStringLiteral("proxy"), settings.proxy},
                                               {QStringLiteral("device"), settings.device}})
                         .toJson()
                         .toStdString());
}

std::string chosenDevice()
{
    const std::lock_guard lock(device().mutex);
    return device().id;
}

void setChosenDevice(const std::string& id)
{
    const std::lock_guard lock(device().mutex);
    device().id = id;
}

} // namespace lacuna::ui
