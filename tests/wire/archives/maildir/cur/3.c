From: GitHub <notifications@github.example>
Auto-Submitted: auto-generated
Date: Tue, 14 Nov 2023 23:15:20 +0100
Message-ID: <m3@github.example>

Merged.
