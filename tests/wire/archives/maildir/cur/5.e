From: Ada Ling <ada@one.example>
To: Bo Vance <bo@two.example>
Date: Tue, 14 Nov 2023 23:17:20 +0100
Message-ID: <m5@one.example>

Only you.
