// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>
#include <string>

namespace lacuna::ui {

/// What a person has chosen about models and the network.
struct ModelSettings {
    bool offline = false;
    QString proxy{};                         ///< empty: that of the system
    QString device = QStringLiteral("auto"); ///< as make_fill_session takes it

    bool operator==(const ModelSettings&) const = default;
};

/// The defaults for a file that is not there or is none.
ModelSettings readModelSettings(const std::filesystem::path& file);
void writeModelSettings(const std::filesystem::path& file,
                        const ModelSettings& settings); ///< Throws Error{Output}

/// The device that sessions which are made from now on shall use. From any thread.
std::string chosenDevice();
void setChosenDevice(const std::string& device);

} // namespace lacuna::ui
