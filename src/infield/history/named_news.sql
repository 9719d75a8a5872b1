INSERT INTO named SELECT uuid, kind = 'voided' FROM news
