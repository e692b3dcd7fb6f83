// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QWidget>

#include "ui/models/model_entry.h"

class QCheckBox;
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QTextBrowser;

namespace lacuna::ui {

/// All about one model, and the buttons for what can be done with it. A download begins only after its licence was
/// shown and accepted.
class ModelDetails : public QWidget {
    Q_OBJECT

public:
    explicit ModelDetails(QWidget* parent);

    /// `loaded`: its network is in memory; `running`: and is needed there.
    void show(const ModelEntry& entry, bool loaded, bool running);
    void setFreeBytes(std::uint64_t bytes) { free_ = bytes; }
    void showCard(const QString& markdown);

Q_SIGNALS:
    void downloadPressed(const QString& id);
    void pausePressed(const QString& id);
    void discardPressed(const QString& id);
    void removePressed(const QString& id);
    void unloadPressed();
    void filePressed(const QString& id); ///< a person has the file already
    void pagePressed(const QUrl& page);

private:
    void makeLicenceBox();
    QPushButton* button(const QString& name, const QString& text, const QString& tip);
    void askLicence();
    void showFacts();
    void showButtons(bool loaded, bool running);
    void addFact(const QString& title, const QString& value);

    ModelEntry entry_{};
    std::uint64_t free_ = 0;
    QLabel *name_, *state_, *description_, *problem_, *place_;
    QProgressBar* bar_;
    QPushButton *download_, *pause_, *discard_, *file_, *page_, *remove_, *unload_;
    QWidget* licenceBox_ = nullptr;
    QLabel *licence_ = nullptr, *cost_ = nullptr;
    QCheckBox* accept_ = nullptr;
    QPushButton *begin_ = nullptr, *notNow_ = nullptr;
    QGridLayout* facts_;
    QTextBrowser* card_;
};

} // namespace lacuna::ui
