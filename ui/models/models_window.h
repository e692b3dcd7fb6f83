// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/models/model_manager.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace lacuna::ui {

class ImportPage;
class MessageBar;
class ModelDetails;
class ModelList;

/// The models that there are and could be. Not modal: painting and runs go on beside it, downloads also when it is
/// closed.
class ModelsWindow : public QDialog {
    Q_OBJECT

public:
    ModelsWindow(ModelManager& manager, EngineLink& engine, QWidget* parent);

    void importFile(const QString& file, const QString& preset = {});
    void choose(const QString& id);
    ModelList& list() const { return *list_; }
    ModelDetails& details() const { return *details_; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeSettings();
    void connectManager();
    void connectDetails();
    void showList();
    void showDetails();
    void showCard(const QString& file);
    void showSettings();
    void showDevices();
    void storeProxy();
    void havingFile(const QString& id);
    void openFolder();

    ModelManager& manager_;
    EngineLink& engine_;
    MessageBar* messages_;
    ModelList* list_;
    QStackedWidget* pages_;
    ModelDetails* details_;
    ImportPage* import_;
    QPushButton *importButton_, *folderButton_;
    QComboBox* device_ = nullptr;
    QLabel *deviceLabel_ = nullptr, *onlyProcessor_ = nullptr;
    QCheckBox* offline_ = nullptr;
    QLineEdit* proxy_ = nullptr;
    QString card_{}; ///< of the shown entry
};

} // namespace lacuna::ui
