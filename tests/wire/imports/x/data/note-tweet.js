window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "1",
      "updatedAt": "2023-10-01T12:00:00.000Z",
      "lifecycle": {
        "value": "2",
        "name": "Client",
        "originalName": "Client",
        "annotations": {}
      },
      "createdAt": "2023-10-01T12:00:00.000Z",
      "core": {
        "styletags": [],
        "urls": [
          {
            "displayUrl": "ada.example",
            "expandedUrl": "https://ada.example/valve",
            "toIndex": "120",
            "shortUrl": "https://t.co/VLV",
            "fromIndex": "110"
          }
        ],
        "text": "A long one begins here, and goes on about how the valve was opened, cleaned, closed, opened again and then it held. https://t.co/VLV",
        "mentions": [],
        "cashtags": [],
        "hashtags": []
      }
    }
  }
]
