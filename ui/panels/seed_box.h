// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>

class QCheckBox;
class QLineEdit;

namespace lacuna::ui {

/// The seed of the next set: typed, rolled by the dice, or kept from set to set.
class SeedBox : public QWidget {
    Q_OBJECT

public:
    explicit SeedBox(QWidget* parent);

    std::uint64_t seed() const;
    void setSeed(std::uint64_t seed);
    void roll();

    /// The seed for a run that starts now. Unless it is kept, one that was used before is rolled first.
    std::uint64_t take();

    QLineEdit* field() const { return field_; }

private:
    QLineEdit* field_;
    QCheckBox* keep_;
    std::optional<std::uint64_t> used_{};
};

} // namespace lacuna::ui
