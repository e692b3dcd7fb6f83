// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "engine/core/error.h"

namespace lacuna::test {

/// The error that the call throws, as "kind: text"; empty if it throws none.
template <typename Call> QString error_of(Call&& call)
{
    try {
        call();
    } catch (const Error& error) {
        return QString("%1: %2").arg(error.exit_code()).arg(QString::fromStdString(error.what()));
    }
    return {};
}

} // namespace lacuna::test
