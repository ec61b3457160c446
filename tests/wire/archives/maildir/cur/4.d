From: Jörg Tee <joerg@three.example>
Date: Tue, 14 Nov 2023 23:16:20 -0000
Message-ID: <m4@three.example>

Grüße
