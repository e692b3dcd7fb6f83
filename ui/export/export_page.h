// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include "engine/export/export.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;
class QVBoxLayout;

namespace lacuna::ui {

class ExportPreview;
class Segments;

/// Which completions are exported.
enum class ExportWhat { Shown, Starred, All, Sheet };

/// What a person has chosen on the page.
struct ExportChoice {
    ExportWhat what = ExportWhat::Shown;
    ExportOptions options{};
    QString folder{};
    QString name{}; ///< without number and ending
};

/// What the page must know of the set.
struct ExportFacts {
    QString name{};   ///< to begin with, without ending
    QString folder{}; ///< to begin with
    QSize size{};
    int channels = 3;
    int bits = 8;
    int shown = -1; ///< counts from 0; -1: the original is shown
    int starred = 0;
    int all = 0;
    QString profile{}; ///< what it calls itself; empty: none
    bool hasProfile = false;
    bool isPrivate = false; ///< the file of the picture tells a place, a person or a serial number
    QString note{};         ///< what of that file could not be read
};

/// The page of the window on which everything is exported: what, as which format, with which metadata, to where.
class ExportPage : public QWidget {
    Q_OBJECT

public:
    explicit ExportPage(QWidget* parent);

    /// A picture that tells private things makes the choice of metadata stricter, never looser.
    void show(const ExportFacts& facts);
    void setFolder(const QString& folder);
    void setPreview(const QImage& picture);
    ExportChoice choice() const;
    void choose(ExportWhat what);
    void choose(ExportFormat format);
    void choose(Privacy privacy);
    static QString privacySentence(Privacy privacy); ///< what a file of that level tells
    QString promise() const;                         ///< what becomes of the known part, as it is shown
    QString target() const;                          ///< what will be written, as it is shown

Q_SIGNALS:
    void exportRequested();
    void left();
    void targetChanged();

public Q_SLOTS:
    void setReplaces(bool replaces); ///< the files to be written exist already

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeSide();
    void addContent(QVBoxLayout* column);
    void addPixels(QVBoxLayout* column);
    void addMetadata(QVBoxLayout* column);
    void addTarget(QVBoxLayout* column);
    void connectParts();
    void refresh();
    void pickFolder();
    QString promiseText() const;
    QString targetText() const;

    ExportFacts facts_{};
    ExportWhat what_ = ExportWhat::Shown;
    ExportFormat format_ = ExportFormat::Png;
    bool replaces_ = false;

    ExportPreview* preview_;
    QLabel* factsText_;
    Segments* whatBox_ = nullptr;
    Segments* formatBox_ = nullptr;
    QLabel* formatText_ = nullptr;
    QSpinBox* quality_ = nullptr;
    QComboBox* depth_ = nullptr;
    QCheckBox* transparency_ = nullptr;
    QCheckBox* srgb_ = nullptr;
    QLabel* promise_ = nullptr;
    std::vector<QRadioButton*> privacy_{};
    QLabel* privacyText_ = nullptr;
    QLineEdit* name_ = nullptr;
    QLineEdit* folder_ = nullptr;
    QLabel* target_ = nullptr;
    QPushButton* export_ = nullptr;
};

/// The names of the files that a choice writes; `indices` are the completions.
QStringList exportFiles(const ExportChoice& choice, const std::vector<std::size_t>& indices);

} // namespace lacuna::ui
