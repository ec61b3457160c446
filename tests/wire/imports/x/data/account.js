window.YTD.account.part0 = [
  {
    "account": {
      "email": "ada@ada.example",
      "createdVia": "web",
      "username": "ada",
      "accountId": "7",
      "createdAt": "2009-01-01T00:00:00.000Z",
      "accountDisplayName": "Ada"
    }
  }
]
