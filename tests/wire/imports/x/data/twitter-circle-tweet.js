window.YTD.twitter_circle_tweet.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "110"
          ],
          "editableUntil": "2023-01-01T00:00:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "10"
      ],
      "favorite_count": "3",
      "id_str": "110",
      "truncated": false,
      "retweet_count": "1",
      "id": "110",
      "created_at": "Thu Sep 01 12:00:00 +0000 2022",
      "favorited": false,
      "full_text": "For a few.",
      "lang": "en"
    }
  }
]
