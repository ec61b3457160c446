window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "103"
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
        "user_mentions": [
          {
            "name": "Ada",
            "screen_name": "ada",
            "indices": [
              "0",
              "4"
            ],
            "id_str": "7",
            "id": "7"
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "17"
      ],
      "favorite_count": "3",
      "id_str": "103",
      "truncated": false,
      "retweet_count": "1",
      "id": "103",
      "created_at": "Thu Mar 05 10:00:00 +0000 2020",
      "favorited": false,
      "full_text": "@ada and it runs.",
      "lang": "en",
      "in_reply_to_status_id_str": "101",
      "in_reply_to_user_id": "7",
      "in_reply_to_user_id_str": "7",
      "in_reply_to_screen_name": "ada"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "101"
          ],
          "editableUntil": "2023-01-01T00:00:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "pump",
            "indices": [
              "20",
              "25"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/LNK",
            "expanded_url": "https://ada.example/pump?a=1&b=2",
            "display_url": "ada.example/pump",
            "indices": [
              "26",
              "38"
            ]
          }
        ],
        "media": [
          {
            "expanded_url": "https://twitter.com/ada/status/101/photo/1",
            "indices": [
              "40",
              "63"
            ],
            "url": "https://t.co/PIC",
            "media_url": "http://pbs.twimg.com/media/Fabc.jpg",
            "id_str": "9",
            "id": "9",
            "media_url_https": "https://pbs.twimg.com/media/Fabc.jpg",
            "type": "photo",
            "display_url": "pic.twitter.com/PIC"
          }
        ]
      },
      "display_text_range": [
        "0",
        "63"
      ],
      "favorite_count": "3",
      "id_str": "101",
      "truncated": false,
      "retweet_count": "1",
      "id": "101",
      "created_at": "Thu Mar 05 09:00:00 +0000 2020",
      "favorited": false,
      "full_text": "Morning &amp; tea &lt;3 #pump https://t.co/LNK https://t.co/PIC",
      "lang": "en",
      "possibly_sensitive": false,
      "extended_entities": {
        "media": [
          {
            "expanded_url": "https://twitter.com/ada/status/101/photo/1",
            "indices": [
              "40",
              "63"
            ],
            "url": "https://t.co/PIC",
            "media_url": "http://pbs.twimg.com/media/Fabc.jpg",
            "id_str": "9",
            "id": "9",
            "media_url_https": "https://pbs.twimg.com/media/Fabc.jpg",
            "type": "photo",
            "display_url": "pic.twitter.com/PIC"
          },
          {
            "expanded_url": "https://twitter.com/ada/status/101/photo/1",
            "indices": [
              "40",
              "63"
            ],
            "url": "https://t.co/PIC",
            "media_url": "http://pbs.twimg.com/media/Fabc.jpg",
            "id_str": "9",
            "id": "9",
            "media_url_https": "https://pbs.twimg.com/ext_tw_video_thumb/1/pu/img/x.jpg",
            "type": "video",
            "display_url": "pic.twitter.com/PIC"
          }
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "104"
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
        "user_mentions": [
          {
            "name": "Bob",
            "screen_name": "bob",
            "indices": [
              "0",
              "4"
            ],
            "id_str": "8",
            "id": "8"
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "8"
      ],
      "favorite_count": "3",
      "id_str": "104",
      "truncated": false,
      "retweet_count": "1",
      "id": "104",
      "created_at": "Thu Mar 05 11:00:00 +0000 2020",
      "favorited": false,
      "full_text": "@bob yes",
      "lang": "en",
      "in_reply_to_status_id_str": "55",
      "in_reply_to_user_id_str": "8",
      "in_reply_to_screen_name": "bob"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "105"
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
        "20"
      ],
      "favorite_count": "3",
      "id_str": "105",
      "truncated": false,
      "retweet_count": "1",
      "id": "105",
      "created_at": "Thu Mar 05 12:00:00 +0000 2020",
      "favorited": false,
      "full_text": "RT @bob: Mine leaks.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "106"
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
        "109"
      ],
      "favorite_count": "3",
      "id_str": "106",
      "truncated": false,
      "retweet_count": "1",
      "id": "106",
      "created_at": "Sun Oct 01 12:00:00 +0000 2023",
      "favorited": false,
      "full_text": "A long one begins here, and goes on about how the valve was opened, cleaned, closed, opene… https://t.co/SELF",
      "lang": "und"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "107",
            "108"
          ]
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
        "5"
      ],
      "favorite_count": "3",
      "id_str": "107",
      "truncated": false,
      "retweet_count": "1",
      "id": "107",
      "created_at": "Sun Oct 01 13:00:00 +0000 2023",
      "favorited": false,
      "full_text": "Helo.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "edit": {
          "initialTweetId": "107",
          "editControlInitial": {
            "editTweetIds": [
              "107",
              "108"
            ]
          }
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
        "6"
      ],
      "favorite_count": "3",
      "id_str": "108",
      "truncated": false,
      "retweet_count": "1",
      "id": "108",
      "created_at": "Sun Oct 01 13:00:00 +0000 2023",
      "favorited": false,
      "full_text": "Hello.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "id_str": "109"
    }
  }
]
