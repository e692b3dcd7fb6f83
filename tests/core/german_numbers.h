// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <clocale>
#include <locale>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "engine/core/error.h"
#include "engine/core/recipe.h"

namespace lacuna {

/// Numbers as in Germany: 1.234,5 - for streams and, where the system has the locale, for printf and strtod.
class GermanNumbers {
public:
    GermanNumbers() : c_locale_(std::setlocale(LC_ALL, nullptr)), before_(std::locale())
    {
        struct Comma : std::numpunct<char> {
            char do_decimal_point() const override { return ','; }
            char do_thousands_sep() const override { return '.'; }
            std::string do_grouping() const override { return "\3"; }
        };
        std::locale::global(std::locale(std::locale::classic(), new Comma));
        std::setlocale(LC_ALL, "de_DE.UTF-8"); // stays as it is where there is none
    }
    ~GermanNumbers()
    {
        std::locale::global(before_);
        std::setlocale(LC_ALL, c_locale_.c_str());
    }

private:
    std::string c_locale_;
    std::locale before_;
};

} // namespace lacuna
