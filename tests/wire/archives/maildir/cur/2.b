From: Ada Ling <ada.ling@one.example>
To: tea@lists.example
Date: Tue, 14 Nov 2023 23:14:20 +0100
List-Id: Tea <tea.lists.example>
Message-ID: <m2@one.example>
In-Reply-To: <m1@one.example>

Anyone?
